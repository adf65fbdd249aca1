import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport

/// Entries that a changed program of an enrolled site writes into its own log, as a `Batch`: signed here, so that
/// nothing but the entries themselves decides. A run without a log is of the branch's, one without a seq goes on where
/// the one before it ended.
enum HistoryTarget {
  /// As many as matter to a fold; more only take longer.
  private static let entriesMax = 64

  static func run(on bytes: [UInt8]) throws {
    guard let written = try? Scorebook_V1_Batch(serializedBytes: bytes),
      written.runs.reduce(0, { $0 + $1.entries.count }) <= entriesMax
    else { return }
    let stage = try Stage.shared.get()
    let log = stage.branch.log
    let own = written.runs.filter { $0.log.isEmpty || LogID(bytes: $0.log) == log }
    let entries = own.flatMap(\.entries).map { ProtobufBytes.array($0) }
    var (hello, batch) = try Forger(stage.branch).extending(log, with: entries)
    var next = batch.runs.first?.firstSeq ?? 1
    batch.runs = written.runs.map { run in
      var run = run
      if run.log.isEmpty { run.log = ProtobufBytes.data(log.bytes) }
      if run.firstSeq == 0 { run.firstSeq = next }
      if LogID(bytes: run.log) == log { next += UInt64(run.entries.count) }
      return run
    }
    batch.proofs = written.proofs
    batch.texts = written.texts
    hello.missingTexts = []
    let reader = try stage.makeReader()
    do {
      _ = try Stage.deliver(hello, [batch], to: reader)
    } catch is SyncRefusal {
      // The batch as a whole; what is held must be sound all the same.
    }
    try check(reader)
    // Replays all of it, which costs more than the rest together: for some of the inputs.
    if bytes.count.isMultiple(of: 4) { try verify(reader) }
  }

  private static func verify(_ ledger: Ledger) throws {
    try law("what was taken in verifies") {
      let findings = try ledger.verify().findings.filter { !isForeign($0) }
      guard findings.isEmpty else { throw BrokenLaw("what was taken in verifies: \(findings)") }
      return true
    }
  }

  /// Whatever was taken in, everything that is asked of it is answered.
  private static func check(_ ledger: Ledger) throws {
    for definition in KnownDefinition.builtIn {
      let request = ScoreRequest(metric: definition.definition.id)
      try law("a score is answered") { try !ledger.score(request).rows.isEmpty }
    }
    try law("every entry is listed, and written as a line") {
      try ledger.forEachEvent(EventFilter()) { _ = try $0.cloudEventLine() }
      return true
    }
  }

  /// What a site may write into its own log though it is not true: the verification says so, and it binds nobody.
  private static func isForeign(_ finding: VerificationFinding) -> Bool {
    switch finding {
    case .stamp, .forkProof: true
    case .file, .schema, .missingEntry, .undecodable, .root, .signedHead, .signature, .acknowledged,
      .text, .view:
      false
    }
  }
}
