import ArgumentParser
import FeedbackLedger
import Foundation

/// Which ledger a command works on.
struct LedgerOption: ParsableArguments {
  @Option(
    name: [.customShort("l"), .long],
    help: ArgumentHelp(
      "The ledger file (default: the environment variable SCOREBOOK_LEDGER).", valueName: "path"))
  var ledger: String?

  static let environmentVariable = "SCOREBOOK_LEDGER"

  /// - Throws: `CommandFailure.ledgerNotNamed`.
  func path() throws -> String {
    let environment = ProcessInfo.processInfo.environment[Self.environmentVariable]
    guard let path = ledger ?? environment, !path.isEmpty else {
      throw CommandFailure.ledgerNotNamed
    }
    return path
  }

  /// Opens it; a copied or restored file is said on standard error.
  func open() throws -> Ledger {
    try LedgerFile.open(try path())
  }

  /// Drops and replays what is derived. Returns how many events were replayed.
  func rebuild() throws -> Int {
    try LedgerFile.rebuild(try path())
  }
}

/// Opens a ledger file for a command.
enum LedgerFile {
  static func open(_ path: String) throws -> Ledger {
    try named(path) { try Ledger.open(at: path) { Output.note($0.sentence(path)) } }
  }

  static func rebuild(_ path: String) throws -> Int {
    try named(path) { try Ledger.rebuild(at: path) { Output.note($0.sentence(path)) }.events }
  }

  private static func named<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw FileFailure(path: path, cause: error)
    }
  }
}

extension OpenFinding {
  fileprivate func sentence(_ path: String) -> String {
    switch self {
    case .copied:
      "\(path) was copied, moved or restored; it goes on in a new log, so that no two copies write "
        + "to one."
    case .shorterThanAcknowledged:
      "\(path) holds less than was recorded in it: an older state of it was put back. It goes on in "
        + "a new log; sync with another site to get the rest again."
    }
  }
}
