import GRDB
import LedgerCore
import LedgerSchema

/// Which heads of an observation are true here. One that does not match is ignored: it proves nothing.
///
/// Of a log that is proven to have forked an observation sees the common part, whatever it names beyond: two ledgers
/// hold two branches, and what happened before what must not depend on which.
enum ObservedHeads {
  static func verified(
    _ heads: [Scorebook_V1_Head], by address: Address, forks: [LogID: UInt64], in state: StoreState,
    _ database: Database
  ) throws -> [Address] {
    try heads.compactMap { head in
      guard let id = LogID(bytes: head.log), id != address.log, let log = state.log(id) else {
        return nil
      }
      if let common = forks[id], head.size > common {
        return common > 0 ? Address(log: id, seq: common) : nil
      }
      guard head.size >= 1, head.size <= log.size, let root = Digest256(bytes: head.root)
      else { return nil }
      let held =
        head.size == log.size
        ? log.frontier.root
        : try MerkleNodes(database).root(ofLog: log.number, size: head.size)
      return held == root ? Address(log: id, seq: head.size) : nil
    }
  }
}
