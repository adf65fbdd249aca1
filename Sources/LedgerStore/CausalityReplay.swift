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
    try database.forEachRow(
      """
      SELECT context_event.log, context_event.seq, bytes FROM context_event
      JOIN entry ON entry.log = context_event.log AND entry.seq = context_event.seq
      ORDER BY position
      """
    ) { row in
      let address = Address(
        log: state.logs[Int(row.integer(0))].id, seq: UInt64(row.integer(1)))
      guard let event = try? Scorebook_V1_Event(serializedBytes: row.bytes(2)),
        case .observed(let observed) = event.body
      else { return }
      causality.observe(
        try ObservedHeads.verified(
          observed.heads, by: address, forks: forks, in: state, database), at: address)
    }
    return causality
  }
}
