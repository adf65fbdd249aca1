import FeedbackLedger
import Foundation
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
  private(set) var count = 0

  init(_ ledger: Ledger, clock: EventClock, maker: DraftMaker) {
    self.ledger = ledger
    self.clock = clock
    self.maker = maker
  }

  /// Records all events of a file.
  ///
  /// - Throws: `BenchmarkError`, `StoreError`.
  func record(_ file: URL, _ places: some ItemPlaces) throws {
    let groups = try EventGroups(file, places: places, count: Self.batchEvents)
    let (maker, clock) = (maker, clock)
    var transactions = 0
    try ledger.record {
      let group = try groups.next()
      if let last = group?.last { clock.set(last.event.recorded) }
      return group
    } draft: { located in
      StampedDraft(
        maker.draft(of: located.event, itemAddress: located.itemAddress),
        recorded: Instant(milliseconds: located.event.recorded))
    } _: { outcomes in
      for outcome in outcomes { try count(outcome) }
      transactions += 1
      if transactions.isMultiple(of: Self.checkpointInterval) { try ledger.store.checkpoint() }
    }
    try ledger.store.checkpoint()
  }

  @discardableResult
  func record(
    _ event: GeneratedEvent, _ places: some ItemPlaces, with recorder: Recorder
  ) throws -> Address {
    clock.set(event.recorded)
    let item = event.namesItem ? places.address(of: event.item) : nil
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
