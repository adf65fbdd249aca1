import Dispatch
package import LedgerCore
import Synchronization

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
    let worker = Worker(inputs, sealer: sealer, draft: draft)
    worker.start()
    defer { worker.stop() }
    var chunk: [Outcome] = []
    for start in stride(from: 0, to: inputs.count, by: chunkCount) {
      chunk = worker.exchange(chunk)
      for (offset, outcome) in chunk.enumerated() {
        try body(start + offset, outcome)
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

  /// The second core's side.
  private final class Worker<Input: Sendable>: Sendable {
    private let inputs: [Input]
    private let sealer: DraftSealer
    private let draft: @Sendable (Input) -> StampedDraft
    private let state = Mutex(State())
    private let ready = DispatchSemaphore(value: 0)
    private let group = DispatchGroup()

    init(
      _ inputs: [Input], sealer: DraftSealer, draft: @escaping @Sendable (Input) -> StampedDraft
    ) {
      self.inputs = inputs
      self.sealer = sealer
      self.draft = draft
    }

    private struct State {
      /// The newest first, so that taking the oldest one moves nothing.
      var sealed: [[Outcome]] = []
      /// Chunks that were appended: whoever made them also lets go of them.
      var spent: [[Outcome]] = []
      var isStopped = false
    }

    func start() {
      DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in sealAll() }
    }

    /// Takes back a chunk that was appended, and gives the next one.
    func exchange(_ spent: [Outcome]) -> [Outcome] {
      ready.wait()
      return state.withLock { state in
        state.spent.append(spent)
        return state.sealed.popLast() ?? []
      }
    }

    func stop() {
      state.withLock { $0.isStopped = true }
      group.wait()
    }

    private func sealAll() {
      var sealer = sealer
      for start in stride(from: 0, to: inputs.count, by: chunkCount) {
        let chunk = inputs[start..<min(start + chunkCount, inputs.count)].map {
          outcome(of: draft($0), &sealer)
        }
        let (isStopped, spent) = state.withLock { state in
          state.sealed.insert(chunk, at: 0)
          defer { state.spent = [] }
          return (state.isStopped, state.spent)
        }
        ready.signal()
        if isStopped { return }
        withExtendedLifetime(spent) {}
      }
    }
  }
}
