import LedgerCore
package import LedgerSchema

/// A refusal as it travels, so that whoever is refused words it in the user's own program.
extension SyncRefusal {
  package var message: Scorebook_V1_Refusal {
    switch self {
    case .protocolVersion(let got, let expected):
      Self.message("protocolVersion", numbers: [UInt64(got), UInt64(expected)])
    case .stranger(let mine, let theirs):
      Self.message("stranger", text: "\(mine)\n\(theirs)")
    case .malformed(let problem): Self.message("malformed", text: problem)
    case .tooLarge(let what, let got, let limit):
      Self.message(
        "tooLarge", numbers: [UInt64(clamping: got), UInt64(clamping: limit)], text: what)
    case .tooMany(let what, let got, let limit):
      Self.message(
        "tooMany", numbers: [UInt64(clamping: got), UInt64(clamping: limit)], text: what)
    case .gap(let log, let held, let first): Self.message("gap", log, numbers: [held, first])
    case .uninvited(let log): Self.message("uninvited", log)
    case .badCheckpoint(let log, let problem): Self.message("badCheckpoint", log, text: problem)
    case .badProof(let log, let size): Self.message("badProof", log, numbers: [size])
    case .fork(let log, let seq): Self.message("fork", log, numbers: [seq])
    case .undecodable(let log, let seq): Self.message("undecodable", log, numbers: [seq])
    case .pendingIsFull(let log, let limit):
      Self.message("pendingIsFull", log, numbers: [UInt64(clamping: limit)])
    case .textMismatch(let log, let seq): Self.message("textMismatch", log, numbers: [seq])
    case .unproven(let log): Self.message("unproven", log)
    case .disowned(let log): Self.message("disowned", log)
    case .ownLedger: Self.message("ownLedger")
    }
  }

  /// What an older or newer program says in another way is told as it is.
  package init(_ message: Scorebook_V1_Refusal) {
    let log = LogID(bytes: message.log)
    let numbers = message.numbers + [0, 0]
    let (first, second) = (numbers[0], numbers[1])
    switch (message.kind, log) {
    case ("protocolVersion", _):
      self = .protocolVersion(
        got: UInt32(clamping: first), expected: UInt32(clamping: second))
    case ("stranger", _): self = Self.stranger(message.text)
    case ("tooLarge", _):
      self = .tooLarge(
        what: message.text, got: Int(clamping: first), limit: Int(clamping: second))
    case ("tooMany", _):
      self = .tooMany(
        what: message.text, got: Int(clamping: first), limit: Int(clamping: second))
    case ("gap", let log?): self = .gap(log: log, held: first, first: second)
    case ("uninvited", let log?): self = .uninvited(log: log)
    case ("badCheckpoint", let log?): self = .badCheckpoint(log: log, message.text)
    case ("badProof", let log?): self = .badProof(log: log, size: first)
    case ("fork", let log?): self = .fork(log: log, seq: first)
    case ("undecodable", let log?): self = .undecodable(log: log, seq: first)
    case ("pendingIsFull", let log?):
      self = .pendingIsFull(log: log, limit: Int64(clamping: first))
    case ("textMismatch", let log?): self = .textMismatch(log: log, seq: first)
    case ("unproven", let log?): self = .unproven(log: log)
    case ("disowned", let log?): self = .disowned(log: log)
    case ("ownLedger", _): self = .ownLedger
    default:  // A reason that this program does not know is told in the peer's words.
      self = .malformed(message.text.isEmpty ? message.reason : message.text)
    }
  }

  private static func stranger(_ text: String) -> SyncRefusal {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 2, let bytes = [UInt8](hexadecimal: lines[0]),
      let mine = Digest256(bytes: bytes)
    else {
      return .malformed("a ledger that is a stranger")
    }
    return .stranger(mine: mine, theirs: String(lines[1]))
  }

  private static func message(
    _ kind: String, _ log: LogID? = nil, numbers: [UInt64] = [], text: String = ""
  ) -> Scorebook_V1_Refusal {
    var message = Scorebook_V1_Refusal()
    message.kind = kind
    message.log = ProtobufBytes.data(log?.bytes ?? [])
    message.numbers = numbers
    message.text = text
    return message
  }
}
