import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// The detached texts of one batch: each is stored when it matches the commitment of its entry. What an entry commits
/// to and the batch does not bring is noted, so that each session asks for it again.
struct ReceivedTexts {
  private let ledger: Ledger
  /// Of entries that are yet to come in this batch, or are held already.
  private var waiting: [Address: [Scorebook_V1_DetachedText]] = [:]
  private(set) var stored = 0
  private(set) var refusals: [SyncRefusal] = []

  init(_ ledger: Ledger, _ texts: [Scorebook_V1_DetachedText]) {
    self.ledger = ledger
    for text in texts {
      guard let log = LogID(bytes: text.address.log) else { continue }
      waiting[Address(log: log, seq: text.address.seq), default: []].append(text)
    }
  }

  /// Stores the texts of an entry that was just appended.
  mutating func store(
    of commitments: TextCommitments, at address: Address, log: UInt32, _ appender: Appender
  ) throws {
    let found = try store(
      waiting.removeValue(forKey: address) ?? [], of: commitments, address, log, appender)
    for ordinal in commitments.ordinals where !found.contains(ordinal) {
      try appender.texts.noteMissing(log: log, seq: address.seq, ordinal: ordinal)
    }
  }

  /// Stores the rest: texts of entries that are held from earlier.
  mutating func storeOthers(_ appender: Appender) throws {
    guard !waiting.isEmpty else { return }
    let reader = EntryReader(try appender.connection)
    for (address, texts) in waiting.sorted(by: {
      ($0.key.log, $0.key.seq) < ($1.key.log, $1.key.seq)
    }) {
      guard let log = appender.state.numbers[address.log],
        let entry = try reader.entry(log: log, seq: address.seq),
        let event = try? Scorebook_V1_Event(serializedBytes: entry)
      else { continue }
      let commitments = TextCommitments(event.meaning)
      for ordinal in try store(texts, of: commitments, address, log, appender) {
        try appender.texts.noteFound(log: log, seq: address.seq, ordinal: ordinal)
      }
    }
    waiting = [:]
  }

  /// - Returns: the ordinals that need not be asked for any more: stored, or of an erased customer.
  private mutating func store(
    _ texts: [Scorebook_V1_DetachedText], of commitments: TextCommitments, _ address: Address,
    _ log: UInt32, _ appender: Appender
  ) throws -> Set<Int> {
    if let customer = commitments.customer, try appender.isErased(customer) {
      return Set(commitments.ordinals)
    }
    var found: Set<Int> = []
    guard appender.state.takesTexts(of: address.log) else { return found }
    for text in texts {
      guard text.bytes.count <= EventLimits.stringBytesMax else {
        refusals.append(
          .tooLarge(
            what: "text \(text.address.ordinal) of entry \(address.seq) of log \(address.log)",
            got: text.bytes.count, limit: EventLimits.stringBytesMax))
        continue
      }
      guard let text = TextTable.Text(text), commitments.match(text) else {
        refusals.append(.textMismatch(log: address.log, seq: address.seq))
        continue
      }
      if try appender.insertText(text, log: log, seq: address.seq) { stored += 1 }
      found.insert(text.ordinal)
    }
    return found
  }
}

extension TextCommitments {
  /// Whether a text is the one that the event commits to.
  func match(_ text: TextTable.Text) -> Bool {
    match(ordinal: text.ordinal, salt: text.salt, encoding: text.encoding, bytes: text.bytes)
  }
}

extension TextTable.Text {
  /// Nil for a text that no event can commit to.
  fileprivate init?(_ text: Scorebook_V1_DetachedText) {
    let salt = ProtobufBytes.array(text.salt)
    guard text.encoding <= 255, salt.count == 16 else { return nil }
    self.init(
      ordinal: Int(text.address.ordinal), salt: salt, encoding: UInt8(text.encoding),
      bytes: ProtobufBytes.array(text.bytes))
  }
}
