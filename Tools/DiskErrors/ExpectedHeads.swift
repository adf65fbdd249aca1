import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore

/// What ledgers held after each step of a scenario that no fault disturbed: a step that returned is acknowledged, so a
/// fault must leave at least that.
struct ExpectedHeads: Codable {
  private struct Line: Codable, Equatable {
    var log: String
    var size: UInt64
    var root: [UInt8]

    init(_ head: Head) {
      log = "\(head.log)"
      size = head.size
      root = head.root.bytes
    }
  }

  /// By step; of each ledger file its heads.
  private var steps: [[String: [Line]]] = []

  init() {}

  mutating func note(_ base: Base) throws {
    var files: [String: [Line]] = [:]
    for name in [Base.office, Base.branch] {
      files[name] = try base.open(name).store.read { $1.heads.map { Line($0) } }
    }
    steps.append(files)
  }

  /// What a ledger lacks of what it held after a step; nil where it holds all.
  func missing(of file: String, after step: Int, in ledger: Ledger) throws -> String? {
    try ledger.store.read { database, state in
      for line in steps[step][file] ?? [] {
        guard let log = state.logs.first(where: { "\($0.id)" == line.log }), log.size >= line.size
        else { return "\(line.log) has not the \(line.size) entries that were acknowledged" }
        guard try log.root(ofSize: line.size, database).bytes == line.root else {
          return "\(line.log) has other entries than the \(line.size) that were acknowledged"
        }
      }
      return nil
    }
  }

  /// Whether a ledger holds exactly what it held after a step, or, where it may, after the next one: a step of one
  /// transaction may be done though it did not return, and never in part.
  func allows(_ heads: [Head], of file: String, after step: Int, orNext: Bool) -> Bool {
    let lines = heads.map { Line($0) }
    return steps[step...].prefix(orNext ? 2 : 1).contains { $0[file] == lines }
  }
}
