import FeedbackLedger
import LedgerCore

extension ClonedLog {
  /// The status, both heads, and what follows.
  var lines: String {
    let named = heads.map { "\($0.size):\($0.root)" }.joined(separator: "\n  ")
    return """
      CLONED: log \(log) of \(site) was written by two machines; it counts up to \(commonSeq). Each machine \
      repeats what it recorded after that when it syncs; for a lost one: scorebook adopt \(log) --head SIZE:ROOT
        \(named)
      """
  }
}

extension Succession {
  /// One sentence for the site whose ledger it is.
  var sentence: String {
    switch self {
    case .forked(let log):
      "another machine wrote to the log \(log) of this ledger too; it goes on in a new log, and what was "
        + "recorded here is repeated there."
    case .peerHoldsMore(let log):
      "the peer holds more of the log \(log) of this ledger than it knew of, so this machine was put back to "
        + "an older state; the rest was taken back, and it goes on in a new log."
    case .cloned(let log):
      "the peer writes to the log \(log) of this ledger too: one machine is a copy of the other. It goes on "
        + "in a new log."
    }
  }
}
