import GRDB
import LedgerCore
import LedgerSchema

/// The heads of an observation as they stand here. One whose root is another proves nothing; one that is not held yet
/// is awaited.
///
/// Of a log that is proven to have forked an observation sees the common part, whatever it names beyond: two ledgers
/// hold two branches, and what happened before what must not depend on which.
struct ObservedHeads {
  private(set) var seen: [Address] = []
  private(set) var awaited = AwaitedHeads()

  /// `clock`: how much of each log is looked at; nil for all that is held.
  init(
    _ heads: [Scorebook_V1_Head], by address: Address, forks: [LogID: UInt64],
    within clock: VectorClock? = nil, in state: StoreState, _ database: Database
  ) throws {
    for head in heads {
      guard let id = LogID(bytes: head.log), id != address.log, head.size >= 1,
        let root = Digest256(bytes: head.root)
      else { continue }
      let log = state.log(id)
      let held = min(log?.size ?? 0, clock?[id] ?? .max)
      if let common = forks[id], head.size > common {
        guard common > 0 else { continue }
        seen.append(Address(log: id, seq: common))
        if held < common { awaited.insert(commonPart: Address(log: id, seq: common)) }
      } else if let log, head.size <= held {
        let isTrue = try log.root(ofSize: head.size, database) == root
        if isTrue { seen.append(Address(log: id, seq: head.size)) }
      } else {
        awaited.insert(Head(log: id, size: head.size, root: root))
      }
    }
  }
}
