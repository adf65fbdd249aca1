/// Where an event stands: the log that holds it and its 1-based, gapless position there.
public struct Address: Hashable, Sendable, CustomStringConvertible {
  /// The log that holds the event.
  public let log: LogID
  /// 1-based, gapless in its log.
  public let seq: UInt64

  /// The place `seq` of `log`; `seq` is not checked.
  public init(log: LogID, seq: UInt64) {
    self.log = log
    self.seq = seq
  }

  /// `log/seq`, the log in 32 hexadecimal digits.
  public var description: String { "\(log)/\(seq)" }

  /// Nil unless the text has the form of `description`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let log = LogID(hexadecimal: parts[0]), let seq = UInt64(parts[1]),
      seq > 0
    else { return nil }
    self.init(log: log, seq: seq)
  }
}
