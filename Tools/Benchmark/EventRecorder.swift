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
  private let itemAddress: (GeneratedEvent) -> Address?
  private(set) var count = 0

  /// `itemAddress`: where the ledger has the event that opened the item of an event that names one.
  init(
    _ ledger: Ledger, clock: EventClock, maker: DraftMaker,
    itemAddress: @escaping (GeneratedEvent) -> Address?
  ) {
    self.ledger = ledger
    self.clock = clock
    self.maker = maker
    self.itemAddress = itemAddress
  }

  /// Records all that is left; `recorded` is called with each event and the address it got.
  ///
  /// - Throws: `BenchmarkError`, `StoreError`.
  func record(
    _ events: GeneratedEventReader, recorded: (GeneratedEvent, Address) -> Void = { _, _ in }
  ) throws {
    var transactions = 0
    while try recordBatch(of: events, recorded: recorded) {
      transactions += 1
      if transactions.isMultiple(of: Self.checkpointInterval) { try ledger.store.checkpoint() }
    }
    try ledger.store.checkpoint()
  }

  /// False when no event was left.
  private func recordBatch(
    of events: GeneratedEventReader, recorded: (GeneratedEvent, Address) -> Void
  ) throws -> Bool {
    guard let first = try events.next() else { return false }
    try ledger.withRecorder { recorder in
      var next: GeneratedEvent? = first
      for index in 1...Self.batchEvents {
        guard let event = next else { break }
        recorded(event, try record(event, with: recorder))
        next = index < Self.batchEvents ? try events.next() : nil
      }
    }
    return true
  }

  @discardableResult
  func record(_ event: GeneratedEvent, with recorder: Recorder) throws -> Address {
    clock.set(event.recorded)
    let item = event.namesItem ? itemAddress(event) : nil
    let outcome = try recorder.record(maker.draft(of: event, itemAddress: item))
    guard case .recorded(let address) = outcome else {
      throw BenchmarkError.notRecorded(String(describing: outcome))
    }
    count += 1
    return address
  }
}
