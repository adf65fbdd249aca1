package import LedgerCore

/// A draft with what recording adds to it.
package struct StampedDraft: Sendable {
  package var draft: EventDraft
  package var recorded: Instant
  /// The import batch that brings it.
  package var batch: ItemID?

  package init(_ draft: EventDraft, recorded: Instant, batch: ItemID? = nil) {
    self.draft = draft
    self.recorded = recorded
    self.batch = batch
  }
}

/// Seals many drafts on a second core, while the first one appends those that are ready.
///
/// Sealing, encoding and hashing are about half of the work of recording, and need nothing of the ledger.
enum DraftSealing {
  typealias Outcome = Result<SealedDraft, EventRefusal>

  /// Drafts that go from one core to the other together.
  private static let chunkCount = 256

  /// Calls `body` with each input's outcome, in order. Ends early, and waits for the other core, when `body` throws.
  ///
  /// `draft`: makes the draft of an input; runs beside `body`.
  static func forEach<Input: Sendable>(
    _ inputs: [Input], sealer: DraftSealer, draft: @escaping @Sendable (Input) -> StampedDraft,
    _ body: (Int, Outcome) throws -> Void
  ) throws {
    guard inputs.count > chunkCount else {
      var sealer = sealer
      for (index, input) in inputs.enumerated() {
        try body(index, outcome(of: draft(input), &sealer))
      }
      return
    }
    try Pipeline<(start: Int, outcomes: [Outcome])>.run(depth: 64) { emit in
      var sealer = sealer
      for start in stride(from: 0, to: inputs.count, by: chunkCount) {
        let chunk = inputs[start..<min(start + chunkCount, inputs.count)]
        guard emit((start, chunk.map { outcome(of: draft($0), &sealer) })) else { return }
      }
    } consume: { part in
      for (offset, outcome) in part.outcomes.enumerated() {
        try body(part.start + offset, outcome)
      }
    }
  }

  private static func outcome(of stamped: StampedDraft, _ sealer: inout DraftSealer) -> Outcome {
    do throws(EventRefusal) {
      return .success(
        try sealer.seal(stamped.draft, recorded: stamped.recorded, batch: stamped.batch))
    } catch {
      return .failure(error)
    }
  }
}
