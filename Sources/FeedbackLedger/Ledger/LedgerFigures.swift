package import LedgerCore
import LedgerStore

/// What there is to watch of a ledger: counts and ages, and nothing that is about a customer.
package struct LedgerFigures: Sendable {
  /// One log as it is held here.
  package struct Log: Sendable {
    package let log: LogID
    package let site: String
    package let events: UInt64
    /// Events that count nothing: not enrolled, revoked, retired, after a fork.
    package let pending: UInt64
    /// Since its last event was recorded, by its own clock; never below zero.
    package let lagSeconds: Double
  }

  /// Ascending by log.
  package let logs: [Log]
  /// Refused entries that are kept.
  package let quarantined: Int
  /// Logs that are proven to have forked.
  package let forks: Int
}

extension Ledger {
  package func figures() throws -> LedgerFigures {
    let now = surroundings.now()
    return try store.read { database, state in
      let logs = state.logs.filter { $0.size > 0 }.sorted { $0.id < $1.id }.map { log in
        let lag = now.microseconds.subtractingReportingOverflow(log.recordedMax)
        return LedgerFigures.Log(
          log: log.id, site: log.site, events: log.size,
          pending: log.size - min(log.size, UInt64(log.limit)),
          lagSeconds: lag.overflow ? 0 : max(0, Double(lag.partialValue) / 1e6))
      }
      return LedgerFigures(
        logs: logs, quarantined: try QuarantineTable(database).count(),
        forks: state.membership?.forks.count ?? 0)
    }
  }
}
