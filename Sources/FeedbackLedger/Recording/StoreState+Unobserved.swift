import LedgerCore
import LedgerStore

extension StoreState {
  /// The foreign logs of which more is held than the log has observed, in order of arrival, and how far it has.
  func unobserved(by own: LogState) -> [(log: LogState, seen: UInt64)] {
    let seen = fold.causality.clock(of: Address(log: own.id, seq: own.size))
    return logs.filter { $0.number != own.number && $0.size > seen[$0.id] }
      .map { ($0, seen[$0.id]) }
  }
}
