/// Which log a checkpoint speaks of: `scorebook/<ledger, 64 hexadecimal digits>/<log, 32>`. Also
/// the name of the log's key, so that the key of one log never speaks for another, nor for another
/// ledger.
public struct CheckpointOrigin: Hashable, Sendable, CustomStringConvertible {
  /// The ledger's identity: SHA-256 of its genesis entry.
  public let ledger: Digest256
  /// The log within the ledger.
  public let log: LogID

  /// Names a log of a ledger.
  public init(ledger: Digest256, log: LogID) {
    self.ledger = ledger
    self.log = log
  }

  /// Nil unless the name is exactly what ``description`` gives: the digits are lower case.
  public init?(_ name: NoteName) {
    let parts = name.description.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let ledgerBytes = [UInt8](hexadecimal: parts[1]),
      let ledger = Digest256(bytes: ledgerBytes), let log = LogID(hexadecimal: parts[2])
    else { return nil }
    self.init(ledger: ledger, log: log)
    guard self.name == name else { return nil }
  }

  /// The origin as a note names it.
  public var name: NoteName {
    NoteName(trusting: description)
  }

  /// The text of ``name``.
  public var description: String { "\(Self.scheme)/\(ledger)/\(log)" }

  private static let scheme = "scorebook"
}
