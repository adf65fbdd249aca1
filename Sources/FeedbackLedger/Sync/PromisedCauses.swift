import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// Keeps what is held causally closed: an observation waits for what it observed, where the peer has that.
///
/// A peer sends in the order in which it took everything in, so what an event had seen comes before it: unless a log
/// was refused on the way, a bundle was made for somebody who held more, or a frame was lost. Who saw what decides what
/// counts, so it must not depend on what came first. What the peer does not have is awaited by nobody: such a head is
/// false, or that of another branch.
struct PromisedCauses {
  private let appender: Appender
  private let promised: [LogID: PromisedHead]
  /// Of which the branch that is held here may be another one, or of which no more is taken.
  let unawaited: Set<LogID>

  init(_ appender: Appender, _ session: SyncSession, _ report: SyncReport) {
    self.appender = appender
    promised = session.promised
    var unawaited = Set((appender.state.membership?.forks ?? [:]).keys)
    for case .fork(let log, _) in report.refusals { unawaited.insert(log) }
    // What has no room here counts nothing, and whoever saw it must not wait for a person's word.
    for case .pendingIsFull(let log, _) in report.refusals { unawaited.insert(log) }
    self.unawaited = unawaited
  }

  /// How far the logs of some runs reach.
  static func reach(of runs: [PreparedBatch.Run]) -> [LogID: UInt64] {
    Dictionary(
      runs.map { ($0.log, $0.firstSeq + UInt64($0.entries.count) - 1) }, uniquingKeysWith: max)
  }

  /// The first cause of a run that is neither held nor within the reach of those accepted, though the peer promised it.
  func missing(for run: PreparedBatch.Run, within reach: [LogID: UInt64]) -> SyncRefusal? {
    let held = size(of: run.log)
    for (index, entry) in run.entries.enumerated() where run.firstSeq + UInt64(index) > held {
      guard case .observed(let observed) = entry.prepared?.event?.body else { continue }
      for head in observed.heads {
        guard let log = LogID(bytes: head.log), log != run.log, !unawaited.contains(log),
          let promise = promised[log], promise.head.size >= head.size
        else { continue }
        let reached = max(size(of: log), reach[log] ?? 0)
        if reached < head.size { return .gap(log: log, held: reached, first: head.size) }
      }
    }
    return nil
  }

  private func size(of log: LogID) -> UInt64 { appender.state.log(log)?.size ?? 0 }
}
