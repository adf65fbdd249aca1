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

  /// Sealed drafts of one group that go from one core to the other together.
  struct Part: Sendable {
    var outcomes: [Outcome]
    var endsGroup: Bool
  }

  private static let partCount = 256
  /// Parts that may lie ready: as many drafts as a large transaction has.
  static let depth = 64

  /// Calls `body` with each input's outcome, in order. Ends early, and waits for the other core, when `body` throws.
  ///
  /// `draft`: makes the draft of an input; runs beside `body`.
  static func forEach<Input: Sendable>(
    _ inputs: [Input], sealer: DraftSealer, draft: @escaping @Sendable (Input) -> StampedDraft,
    _ body: (Outcome) throws -> Void
  ) throws {
    guard inputs.count > partCount else {
      var sealer = sealer
      for input in inputs { try body(outcome(of: draft(input), &sealer)) }
      return
    }
    try Pipeline<Part>.run(depth: depth) { emit in
      var sealer = sealer
      _ = seal(inputs, &sealer, draft: draft, emit)
    } consume: { part in
      for outcome in part.outcomes { try body(outcome) }
    }
  }

  /// Makes and seals the drafts of one group of inputs after another, until `emit` wants no more.
  ///
  /// `groups`: the next group; nil at the end.
  static func seal<Input>(
    groups: () throws -> [Input]?, sealer: DraftSealer, draft: (Input) -> StampedDraft,
    _ emit: (Part) -> Bool
  ) throws {
    var sealer = sealer
    while let group = try groups() {
      guard seal(group, &sealer, draft: draft, emit) else { return }
    }
  }

  /// - Returns: whether more is wanted.
  private static func seal<Input>(
    _ group: [Input], _ sealer: inout DraftSealer, draft: (Input) -> StampedDraft,
    _ emit: (Part) -> Bool
  ) -> Bool {
    for start in stride(from: 0, to: group.count, by: partCount) {
      let end = min(start + partCount, group.count)
      let outcomes = group[start..<end].map { outcome(of: draft($0), &sealer) }
      guard emit(Part(outcomes: outcomes, endsGroup: end == group.count)) else { return false }
    }
    return true
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
