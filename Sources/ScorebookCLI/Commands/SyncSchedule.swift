import FeedbackLedger
import Foundation
import LedgerHTTP

/// How often a sync runs: once, or for ever with a pause.
struct SyncSchedule {
  /// Nil for a single session.
  let pauseSeconds: Double?

  /// `every`: as typed.
  init(every: String?, isOnce: Bool) throws {
    guard let every else {
      pauseSeconds = nil
      return
    }
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600]
    guard let unit = every.last.flatMap({ units[$0] }), let count = Double(every.dropLast()),
      count > 0, count * unit <= 7 * 86_400
    else {
      throw ArgumentFault.badOption("--every", got: every, expected: "such as 30s, 5m or 2h")
    }
    if isOnce { throw ArgumentFault.together("--every", "--once") }
    pauseSeconds = count * unit
  }

  /// Nobody sits before a program that goes on for ever: what a later session may find in order (a line, a lock, a full
  /// disk, a stick that is not there, a certificate, a hub that is older than this program) it only tells, each time.
  ///
  /// - Throws: what ends a session; with a pause only what no later one can mend.
  func run(_ session: () throws -> Void) throws {
    guard let pauseSeconds else { return try session() }
    while true {
      do {
        try session()
      } catch  where Self.mayPass(error) {
        Output.note(ErrorWording.report(of: error).sentence)
      }
      // A little earlier or later than the others, so that they do not all come at once.
      let seconds = pauseSeconds * Double.random(in: 0.9...1.1)
      Thread.sleep(forTimeInterval: seconds)  // `--every` asks for it; a signal ends it.
    }
  }

  private static func mayPass(_ error: any Error) -> Bool {
    if case HubError.revoked = error { return false }
    if case CommandFailure.cannotPrint = error { return false }
    return switch ErrorWording.report(of: error).status {
    case .missingInput, .inputOutput, .cannotCreate, .locked, .refused, .noPermission, .badData,
      .notHeld:
      true
    case .usage, .internalFault, .success: false
    }
  }
}
