import GRDB
import LedgerCore

extension Appender {
  /// A proven fork takes away what observations saw of the tail, so that events may become concurrent which were not.
  /// Every item of several events is folded as it was and as it is: dear, and as rare as a copied machine.
  func reviewCausality(at position: UInt32) throws {
    let causality = try CausalityReplay.causality(
      forks: state.membership?.forks ?? [:], in: state, database)
    guard causality != state.fold.causality else { return }
    try refold(try history.linkedItems(database), at: position) {
      state.fold.causality = causality
    }
  }
}
