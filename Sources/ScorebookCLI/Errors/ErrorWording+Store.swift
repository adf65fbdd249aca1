import FeedbackLedger
import Foundation
import LedgerCore

extension ErrorWording {
  static func report(_ error: StoreError, path: String?) -> FailureReport {
    switch error {
    case .missingFile(let path):
      FailureReport(
        .missingInput,
        "There is no ledger \(path). Check the path, or make one with scorebook init.")
    case .fileExists(let path):
      FailureReport(
        .cannotCreate, "There is a file \(path) already; a new ledger needs another path.")
    case .notALedger(let path, found: 0):
      FailureReport(
        .badData,
        "\(path) holds no ledger. If it is a copy, copy \(path)-wal from beside the original too.")
    case .notALedger(let path, _):
      FailureReport(
        .badData, "\(path) is the database of another program, not a ledger. Check the path.")
    case .newerVersion(let path, let found, let supported):
      FailureReport(
        .noPermission,
        "\(path) has format \(found); this program reads up to \(supported). Upgrade scorebook.")
    case .locked(let path, let seconds):
      FailureReport(
        .locked,
        "Another process kept \(path) for \(seconds) seconds. Try again when it has finished.")
    case .full:
      FailureReport(
        .inputOutput, "The ledger holds as many events as a file can. Start another one.")
    case .sqlite(let code, let message): report(sqlite: code, message, path: path)
    case .missingSetting, .missingEntry, .undecodableEntry, .damagedView, .damaged, .schemaChanged:
      report(damage: error)
    }
  }

  private static func report(damage error: StoreError) -> FailureReport {
    switch error {
    case .missingSetting(let name):
      FailureReport(
        .badData,
        "The ledger's setting \(name) is missing or malformed, so it is damaged. Restore a backup.")
    case .missingEntry(let address):
      FailureReport(.badData, "The ledger lacks its entry \(address). Run scorebook verify.")
    case .undecodableEntry(let address):
      FailureReport(.badData, "The entry \(address) is no event. Run scorebook verify.")
    case .damagedView(let what):
      FailureReport(
        .badData,
        "The derived part of the ledger is damaged: \(what). Run scorebook rebuild: it is made again from "
          + "the log."
      )
    case .damaged(let what):
      FailureReport(
        .badData, "The ledger is damaged: \(what). Keep it, and restore a backup beside it.")
    case .schemaChanged:
      FailureReport(
        .internalFault,
        "A step would have changed the tables of the ledger, so nothing of it was recorded. Report it."
      )
    default: report(unforeseen: error)
    }
  }

  /// The low byte is the primary result code (https://sqlite.org/rescode.html).
  private static func report(
    sqlite code: Int32, _ message: String, path: String?
  ) -> FailureReport {
    let ledger = path ?? "The ledger"
    if let path, FileManager.default.isFolder(atPath: path) {
      return FailureReport(
        .missingInput, "\(path) is a folder; expected a ledger file. Check the path.")
    }
    switch code & 0xFF {
    case 3, 23:
      return FailureReport(.noPermission, "\(ledger) may not be used. Check its permissions.")
    case 5, 6:
      let kept = path ?? "the ledger"
      return FailureReport(.locked, "Another process keeps \(kept) locked. Try again.")
    case 8:
      return FailureReport(
        .inputOutput,
        "\(ledger) cannot be written: it, or its -wal or -shm beside it, is read-only. Check their permissions "
          + "and the file system.")
    case 10:
      return FailureReport(
        .inputOutput, "Reading or writing \(ledger) failed (SQLite \(code)). Check the disk.")
    case 11:
      return FailureReport(
        .badData, "\(ledger) is damaged (SQLite \(code)). Keep it, and restore a backup beside it.")
    case 13:
      return FailureReport(
        .inputOutput, "\(ledger) cannot be written: the disk is full. Nothing of it was recorded.")
    case 14:
      return FailureReport(
        .missingInput, "\(ledger) cannot be opened. Check that it is a file, and its permissions.")
    case 26:
      return FailureReport(.badData, "\(ledger) is no ledger. Check the path.")
    default:
      return FailureReport(.internalFault, "SQLite refused (\(code)): \(message).")
    }
  }
}
