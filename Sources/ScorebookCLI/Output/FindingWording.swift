import FeedbackLedger
import LedgerCore

extension VerificationFinding {
  /// One sentence, and what to do.
  var sentence: String {
    switch self {
    case .file(let problem): "The file is damaged: \(problem). Restore a backup beside it."
    case .schema(let table): "The schema of \(table) is not that of this version; it was altered."
    case .missingEntry(let address): "Entry \(address) is missing. Sync with a site that holds it."
    case .undecodable(let address): "Entry \(address) is no event; its bytes were altered."
    case .root(let log, let size):
      "The \(size) entries of log \(log) do not hash to the root that is kept; one was altered."
    case .signedHead(let log, let size, let seq):
      "Log \(log) is not what its site signed at \(size)\(seq.map { " (entry \($0))" } ?? "")."
    case .signature(let log, let size):
      "The signature of log \(log) at \(size) does not hold; the checkpoint was altered."
    case .acknowledged(let log, let acknowledged, let held):
      "Log \(log) acknowledged \(acknowledged) entries, but \(held) are held: an older state was "
        + "put back. Sync with another site."
    case .stamp(let address): "The observation \(address) has a stamp before that of its causes."
    case .forkProof(let address):
      "The proof of a fork at \(address) proves none, so it silences no log; ask its site why it is there."
    case .text(let address, let ordinal):
      "Text \(ordinal) of \(address) is not the one that its entry commits to."
    case .view(let table):
      "The derived table \(table) is not what a replay gives. Run scorebook rebuild."
    }
  }
}
