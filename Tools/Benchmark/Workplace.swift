import FeedbackLedger
import Foundation
import LedgerCore

/// Where a benchmark finds its data and keeps its ledgers.
struct Workplace {
  let data: URL
  let ledgers: URL
  let runs: Int
  let clock = EventClock()

  func file(_ name: String) -> URL { data.appending(path: "\(name).csv") }

  func events(_ name: String) throws -> GeneratedEventReader {
    try GeneratedEventReader(file(name))
  }

  func logPath(ofSite site: Int) -> String { "logs/\(DraftMaker.siteNames[site])" }

  func ledgerPath(_ name: String) -> String { ledgers.appending(path: "\(name).ledger").path() }

  func open(_ name: String) throws -> Ledger {
    try Ledger.open(at: ledgerPath(name), surroundings: clock.surroundings) { finding in
      print("note: \(name) was opened as \(finding)")
    }
  }

  /// Removes a ledger with the files beside it.
  func remove(_ name: String) {
    Ledger.remove(ledgerPath(name))
  }

  /// Bytes of the ledger's file.
  func size(_ name: String) throws -> Double {
    let attributes = try FileManager.default.attributesOfItem(atPath: ledgerPath(name))
    return (attributes[.size] as? NSNumber)?.doubleValue ?? 0
  }
}
