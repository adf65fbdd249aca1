import GRDB
import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// Reads all observations again, where other forks are proven than those that the kept causality knows: when a proof
/// comes in, when a file is loaded that holds one, and for a cut before a proof.
enum CausalityReplay {
  /// O(context events).
  static func causality(
    forks: [LogID: UInt64], in state: StoreState, _ database: Database
  ) throws -> Causality {
    var causality = Causality()
    let reader = EntryReader(database)
    try database.forEachRow("SELECT log, seq FROM context_event ORDER BY position") { row in
      let log = try state.log(numbered: row.integer(0))
      let address = Address(log: log.id, seq: row.unsigned(1))
      guard let entry = try reader.entry(log: log.number, seq: address.seq) else {
        throw StoreError.missingEntry(address)
      }
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry),
        case .observed(let observed) = event.body
      else { return }
      causality.observe(
        try ObservedHeads.verified(
          observed.heads, by: address, forks: forks, in: state, database), at: address)
    }
    return causality
  }
}
