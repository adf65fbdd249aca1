public import LedgerCore
import LedgerStore

/// A log that is proven to have two branches: two machines wrote to it.
public struct ClonedLog: Hashable, Sendable {
  /// The log.
  public let log: LogID
  /// The site it belongs to.
  public let site: String
  /// The last seq that counts: that of the lowest fork point.
  public let commonSeq: UInt64
  /// The signed heads of the branches, as the proofs name them; ascending by size and root.
  public let heads: [Head]
}

extension Ledger {
  /// The logs that are proven to have forked, ascending.
  public func forks() throws -> [ClonedLog] {
    try store.read { _, state in
      guard let membership = state.membership else { return [] }
      return membership.forks.sorted { $0.key < $1.key }.map { log, commonSeq in
        let proofs = membership.forkProofs.filter { $0.log == log }
        let heads = proofs.flatMap { [$0.first, $0.second] }.compactMap { branch in
          branch.chain.statedCheckpoint.map { Head(log: log, size: $0.size, root: $0.root) }
        }
        return ClonedLog(
          log: log, site: state.log(log)?.site ?? "", commonSeq: commonSeq,
          heads: Set(heads).sorted { ($0.size, $0.root) < ($1.size, $1.root) })
      }
    }
  }
}
