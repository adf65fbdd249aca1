import FeedbackLedger
import LedgerHTTP
import LedgerSync

/// A body as it travels.
enum BodyTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let frames = try? Wire.unpacked(bytes) else { return }
    var count = 0
    do {
      while try frames.next() != nil { count += 1 }
    } catch {
      try law("a body is refused, or read") { error is SyncRefusal }
      return
    }
    try law("a body without a refusal is read to its end") { try frames.next() == nil }
  }
}
