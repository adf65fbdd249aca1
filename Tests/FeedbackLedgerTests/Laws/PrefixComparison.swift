import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// What was kept at positions from first to last is what a replay and the reference find at those cuts.
func expectSamePrefixes(_ ledger: Ledger, every step: Int = 1) throws {
  let counters = StoreCounters(ledger)
  let reference = try Reference(of: ledger)
  for position in stride(from: 1, through: try counters.lastPosition(), by: step) {
    let kept = try counters.changed(upTo: position)
    expect(kept, equal: try counters.replayed(upTo: position), "position \(position)")
    let clock = try counters.clock(at: position)
    expect(kept, equal: reference.counters(at: clock), "reference at \(position)")
  }
}

/// Law 1 for what a ledger holds: the counters are the same in some other orders of arrival.
func expectAnyOrder(_ ledger: Ledger) throws {
  let reference = try Reference(of: ledger)
  let expected = reference.counters()
  for seed in 1...5 as ClosedRange<UInt64> {
    var random = SplitMix64(seed: seed)
    let store = try Arrivals(of: reference.logs).store(eventsMax: 7, using: &random)
    let counters = StoreCounters(store)
    expect(try counters.kept(), equal: expected, "kept, order \(seed)")
    expect(try counters.replayed(), equal: expected, "replay, order \(seed)")
  }
}
