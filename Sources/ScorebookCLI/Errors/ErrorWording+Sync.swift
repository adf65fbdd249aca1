import FeedbackLedger
import LedgerCore

extension ErrorWording {
  static func report(_ refusal: SyncRefusal, path: String?) -> FailureReport {
    let status: ExitStatus =
      switch refusal {
      case .malformed, .tooLarge, .tooMany, .badProof, .badCheckpoint, .undecodable, .textMismatch:
        .badData
      case .protocolVersion: .noPermission
      case .stranger, .gap, .uninvited, .fork, .pendingIsFull, .unproven, .disowned, .ownLedger:
        .refused
      }
    return FailureReport(status, (path.map { "\($0): " } ?? "") + sentence(for: refusal))
  }

  /// Also a line of a session's report, where the other logs went on.
  static func sentence(for refusal: SyncRefusal) -> String {
    switch refusal {
    case .protocolVersion(let got, let expected):
      "The peer speaks protocol \(got); this program speaks \(expected). Upgrade the older one."
    case .stranger(let mine, let theirs): stranger(mine: mine.description, theirs: theirs)
    case .malformed(let problem):
      "What came from the peer is damaged: \(problem). Ask for it again."
    case .tooLarge(let what, let got, let limit):
      "The \(what) has \(got) bytes; at most \(limit) are taken. Nothing of it was taken."
    case .tooMany(let what, let got, let limit):
      "There are \(got) \(what); at most \(limit) are taken. Nothing of it was taken."
    case .gap(let log, let held, let first):
      "Log \(log) is held up to \(held), but this begins at \(first). "
        + "Give the peer your heads (scorebook heads --json) and ask for a new bundle."
    case .uninvited(let log):
      "Log \(log) shows no invitation of this ledger, so it is not taken. Invite its site first."
    case .badCheckpoint(let log, let problem):
      "The signed head of log \(log) is refused: \(problem). Its site must send it again."
    case .badProof(let log, let size):
      "The entries of log \(log) up to \(size) are not what its site signed, so they are refused."
    case .fork(let log, let seq):
      "Log \(log) has two different entries \(seq): it was copied or restored. "
        + "Entries before it stand; its site must open its ledger and sync again."
    case .undecodable(let log, let seq):
      "Entry \(seq) of log \(log) is no event, so the log is not taken from there on."
    case .pendingIsFull(let log, let limit):
      "Of log \(log) no more is taken: \(limit) bytes that came in by its invitation count nothing. "
        + "Once it is approved (scorebook sites --pending) the next sync takes the rest."
    case .unproven(let log):
      "The peer says that log \(log) is its own, and does not prove it, so it gets no texts. An older program "
        + "cannot prove it: upgrade the hub. If it is up to date, ask head office whose it is."
    case .disowned(let log):
      "The hub speaks as log \(log), which was revoked or has given up its key, so it gets no texts: perhaps "
        + "somebody has its old key. Ask head office whose hub it is."
    case .ownLedger:
      "The hub at that address serves this ledger itself. Give the address of another ledger's hub."
    case .textMismatch(let log, let seq):
      "A text of \(log)/\(seq) is not the one that its entry commits to, so it is not kept."
    }
  }
}
