import GRDB
import LedgerCore

extension Appender {
  /// A proven fork takes away what observations saw of the tail, so that events may become concurrent which were not; a
  /// head that comes after an observation that names it, the other way round. Every item of several events is folded as
  /// it was and as it is: dear, and as rare as a copied machine or a peer that holds back a log.
  func reviewCausality() throws {
    try settleEntries()
    let replay = try CausalityReplay(forks: state.membership?.forks ?? [:], in: state, database)
    state.awaited = replay.awaited
    guard replay.causality != state.fold.causality else { return }
    try refold(try history.linkedItems(database)) {
      state.fold.causality = replay.causality
    }
  }

  /// Looks again at who had seen what, where an observation that came before has named the log as it is now.
  func reviewCausality(ofGrown log: UInt32) throws {
    let grown = state.logs[Int(log)]
    let isAwaited = state.awaited.contains(log: grown.id, size: grown.size) { grown.frontier.root }
    if isAwaited { try reviewCausality() }
  }
}
