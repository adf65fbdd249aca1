import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore

/// What ledgers held after each step of a scenario that no fault disturbed: a step that returned is acknowledged, so a
/// fault must leave at least that.
struct ExpectedHeads: Codable {
  struct Line: Codable {
    var log: String
    var size: UInt64
    var root: [UInt8]
  }

  /// By step; of each ledger file its heads.
  var steps: [[String: [Line]]] = []

  mutating func note(_ base: Base) throws {
    var files: [String: [Line]] = [:]
    for name in [Base.office, Base.branch] {
      files[name] = try base.open(name).store.read { _, state in
        state.heads.map { Line(log: "\($0.log)", size: $0.size, root: $0.root.bytes) }
      }
    }
    steps.append(files)
  }

  /// What of it a ledger does not hold; nil where it holds all.
  static func missing(_ lines: [Line], in ledger: Ledger) throws -> String? {
    try ledger.store.read { database, state in
      for line in lines {
        guard let log = state.logs.first(where: { "\($0.id)" == line.log }), log.size >= line.size
        else { return "\(line.log) has not the \(line.size) entries that were acknowledged" }
        guard try log.root(ofSize: line.size, database).bytes == line.root else {
          return "\(line.log) has other entries than the \(line.size) that were acknowledged"
        }
      }
      return nil
    }
  }
}
