import FeedbackLedger
import Foundation
import LedgerCore

/// A point in time as it is written on the command line (DESIGN §2.7).
enum CutArgument {
  /// - Throws: `ArgumentFault`, `CommandFailure`, `LedgerError`.
  static func point(_ text: String, zone: String?, _ ledger: Ledger) throws -> PointInTime {
    if text == "now" { return .now }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw ArgumentFault.badCut(text) }
    func instant(_ time: some StringProtocol) throws -> Instant {
      try TimeArgument.instant(String(time), option: parts[0], zone: zone, ledger)
    }
    switch parts[0] {
    case "recorded": return .recorded(try instant(parts[1]))
    case "received": return .received(try instant(parts[1]))
    case "known":
      guard let at = parts[1].lastIndex(of: "@") else { throw ArgumentFault.badCut(text) }
      let time = parts[1][parts[1].index(after: at)...]
      return .known(site: String(parts[1][..<at]), try instant(time))
    case "publication": return .publication(try address(parts[1]))
    case "clock": return .clock(try ClockFile.clock(parts[1], of: ledger))
    default: throw ArgumentFault.badCut(text)
    }
  }

  static func address(_ text: String) throws -> Address {
    guard let address = Address(text) else { throw ArgumentFault.badAddress(text) }
    return address
  }
}

/// Reads the JSON that `heads --json` prints.
enum ClockFile {
  private struct Document: Decodable {
    struct Head: Decodable {
      let log: String
      let size: UInt64
    }
    let heads: [Head]
    /// Of a file that is older than this member, unknown.
    let ledger: String?
  }

  /// The clock in the file; in standard input for `-`.
  ///
  /// - Throws: `CommandFailure.cannotRead`, `.badClock`, `.clockOfStranger`.
  static func clock(_ path: String, of ledger: Ledger) throws -> VectorClock {
    let data = try InputFile.data(path, bytesMax: HandoverLimits.headsBytesMax)
    guard let document = try? JSONDecoder().decode(Document.self, from: data) else {
      throw CommandFailure.badClock(path: path, problem: "it has no \"heads\" with log and size")
    }
    let own = ledger.ledgerID.description
    if let other = document.ledger, other != own {
      throw CommandFailure.clockOfStranger(path: path, got: other, expected: own)
    }
    return VectorClock(
      try document.heads.map { head in
        guard let log = LogID(hexadecimal: head.log) else {
          throw CommandFailure.badClock(
            path: path, problem: "\"\(head.log.prefix(40))\" is no log of 32 hexadecimal digits")
        }
        return Address(log: log, seq: head.size)
      })
  }
}
