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
  }

  /// A site other than this one, of which more is awaited.
  package struct Site: Sendable {
    package let site: String
    /// Since something of it last arrived here, by this machine's clock; never below zero.
    package let lagSeconds: Double
  }

  /// Ascending by log.
  package let logs: [Log]
  /// Ascending by name.
  package let sites: [Site]
  /// Refused entries that are kept.
  package let quarantined: Int
  /// Logs that are proven to have forked.
  package let forks: Int
}

extension Ledger {
  package func figures() throws -> LedgerFigures {
    let now = surroundings.now()
    return try store.read { database, state in
      let held = state.logs.filter { $0.size > 0 }.sorted { $0.id < $1.id }
      let logs = held.map { log in
        LedgerFigures.Log(
          log: log.id, site: log.site, events: log.size,
          pending: log.size - min(log.size, UInt64(log.limit)))
      }
      let standings = SiteStandings(state)
      let awaited = Dictionary(grouping: held, by: \.site).filter { site, logs in
        site != self.site && !standings.hasEnded(logs)
      }
      let sites = awaited.sorted { $0.key < $1.key }.map { site, logs in
        LedgerFigures.Site(
          site: site,
          lagSeconds: Double(state.lag(of: logs, at: now) ?? 0) / 1e6)
      }
      return LedgerFigures(
        logs: logs, sites: sites, quarantined: try QuarantineTable(database).count(),
        forks: state.membership?.forks.count ?? 0)
    }
  }
}
