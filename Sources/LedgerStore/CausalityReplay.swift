import GRDB
import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// Reads all observations again, where more or less is true of them than the kept causality says: when a proof of a
/// fork or an awaited head comes in, when a file is loaded, and for a cut that holds less.
struct CausalityReplay {
  typealias Observation = (address: Address, heads: [Scorebook_V1_Head])

  let causality: Causality
  let awaited: AwaitedHeads

  /// `within`: how much of each log is looked at; nil for all that is held.
  ///
  /// O(context events).
  init(
    forks: [LogID: UInt64], within clock: VectorClock? = nil, in state: StoreState,
    _ database: Database
  ) throws {
    var observations: [Observation] = []
    let reader = EntryReader(database)
    try database.forEachRow("SELECT log, seq FROM context_event ORDER BY position") { row in
      let log = try state.log(numbered: row.integer(0))
      let address = Address(log: log.id, seq: row.unsigned(1))
      guard let entry = try reader.entry(log: log.number, seq: address.seq) else {
        throw StoreError.missingEntry(address)
      }
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry),
        case .observed(let observed) = event.meaning.body
      else { return }
      observations.append((address, observed.heads))
    }
    try self.init(observations, forks: forks, within: clock, in: state, database)
  }

  /// Of observations that have been read already, in order of arrival.
  init(
    _ observations: [Observation], forks: [LogID: UInt64], within clock: VectorClock? = nil,
    in state: StoreState, _ database: Database
  ) throws {
    var awaited = AwaitedHeads()
    causality = Causality(
      try observations.filter { clock?.contains($0.address) ?? true }.map { address, heads in
        let observed = try ObservedHeads(
          heads, by: address, forks: forks, within: clock, in: state, database)
        awaited.formUnion(observed.awaited)
        return (observed.seen, address)
      })
    self.awaited = awaited
  }
}
