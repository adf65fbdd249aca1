import GRDB
import LedgerCore

extension Appender {
  /// A proven fork takes away what observations saw of the tail, so that events may become concurrent which were not.
  /// Every item of several events is folded as it was and as it is: dear, and as rare as a copied machine.
  func reviewCausality(at position: UInt32) throws {
    let causality = try CausalityReplay.causality(
      forks: state.membership?.forks ?? [:], in: state, database)
    guard causality != state.fold.causality else { return }
    let items = try history.linkedItems(database)
    var differences: [CounterKey: Int64] = [:]
    for item in items { try collect(item: item, sign: -1, into: &differences) }
    state.fold.causality = causality
    for item in items { try collect(item: item, sign: 1, into: &differences) }
    for (key, delta) in differences.sorted(by: { $0.key < $1.key }) where delta != 0 {
      change(key, delta, at: position)
    }
  }
}
