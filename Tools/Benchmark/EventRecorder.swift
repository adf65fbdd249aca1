import FeedbackLedger
import LedgerCore
import LedgerStore

/// Records generated events, so many a transaction, and empties the write-ahead log now and then.
final class EventRecorder {
  /// Events of one transaction: one wait for the disk.
  static let batchEvents = 16_384
  /// Transactions between two checkpoints.
  private static let checkpointInterval = 16

  private let ledger: Ledger
  private let clock: EventClock
  private let maker: DraftMaker
  private let itemAddress: () -> ItemAddress
  private(set) var count = 0

  /// Where the ledger has the event that opened the item of an event that names one.
  typealias ItemAddress = @Sendable (GeneratedEvent) -> Address?

  /// `itemAddress`: asked before each transaction.
  init(
    _ ledger: Ledger, clock: EventClock, maker: DraftMaker,
    itemAddress: @escaping () -> ItemAddress
  ) {
    self.ledger = ledger
    self.clock = clock
    self.maker = maker
    self.itemAddress = itemAddress
  }

  /// Records all that is left; `taken` is called with each event and the address that it gets, before it is recorded.
  ///
  /// - Throws: `BenchmarkError`, `StoreError`.
  func record(
    _ events: GeneratedEventReader, taken: (GeneratedEvent, Address) -> Void = { _, _ in }
  ) throws {
    var transactions = 0
    while try recordBatch(of: events, taken: taken) {
      transactions += 1
      if transactions.isMultiple(of: Self.checkpointInterval) { try ledger.store.checkpoint() }
    }
    try ledger.store.checkpoint()
  }

  /// False when no event was left.
  private func recordBatch(
    of events: GeneratedEventReader, taken: (GeneratedEvent, Address) -> Void
  ) throws -> Bool {
    var batch: [GeneratedEvent] = []
    batch.reserveCapacity(Self.batchEvents)
    while batch.count < Self.batchEvents, let event = try events.next() { batch.append(event) }
    guard let last = batch.last else { return false }
    clock.set(last.recorded)
    try ledger.withRecorder { recorder in
      let next = recorder.nextAddress
      for (index, event) in batch.enumerated() {
        taken(event, Address(log: next.log, seq: next.seq + UInt64(index)))
      }
      let (maker, itemAddress) = (maker, itemAddress())
      let outcomes = try recorder.record(batch) { event in
        let item = event.namesItem ? itemAddress(event) : nil
        return StampedDraft(
          maker.draft(of: event, itemAddress: item),
          recorded: Instant(milliseconds: event.recorded))
      }
      for outcome in outcomes { try count(outcome) }
    }
    return true
  }

  @discardableResult
  func record(_ event: GeneratedEvent, with recorder: Recorder) throws -> Address {
    clock.set(event.recorded)
    let item = event.namesItem ? itemAddress()(event) : nil
    return try count(try recorder.record(maker.draft(of: event, itemAddress: item)))
  }

  @discardableResult
  private func count(_ outcome: RecordOutcome) throws -> Address {
    guard case .recorded(let address) = outcome else {
      throw BenchmarkError.notRecorded(String(describing: outcome))
    }
    count += 1
    return address
  }
}
