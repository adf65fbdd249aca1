import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// Who reads while somebody writes is given the moment before, whole, whatever is written next.
@Suite struct `Scenarios of reading during a write` {
  @Test func `a reader sees the moment before the write, and no later write changes it`() throws {
    let company = try Company()
    let ledger = company.branch
    var moments: [(state: StoreState, position: UInt32)] = []
    for round in 0..<5 as Range<Int64> {
      let before = try ledger.store.read { $1.lastPosition }
      try ledger.withRecorder { recorder in
        _ = try recorder.record(EventDraft(Bodies.response([Bodies.nps(9)])))
        #expect(try Company.answers(at: ledger) == round)
        moments.append((try ledger.store.read { $1 }, before))
      }
      #expect(try Company.answers(at: ledger) == round + 1)
    }
    // Each is still what it was when it was read.
    for (state, position) in moments {
      #expect(state.lastPosition == position)
      #expect(state.ownLog?.size == state.clock[ledger.log])
    }
    let inMemory = try StoreCounters(ledger).kept()
    ledger.store.dropCache()
    expect(try StoreCounters(ledger).kept(), equal: inMemory, "loaded")
    try expectSamePrefixes(ledger)
    try expectSound(ledger)
  }

  @Test func `a write that fails leaves readers what they had`() throws {
    struct Failed: Error {}
    let company = try Company()
    let ledger = company.branch
    for _ in 0..<3 {
      let before = try ledger.store.read { $1.lastPosition }
      #expect(throws: Failed.self) {
        try ledger.withRecorder { recorder in
          _ = try recorder.record(EventDraft(Bodies.response([Bodies.nps(0)])))
          #expect(try ledger.store.read { $1.lastPosition } == before)
          throw Failed()
        }
      }
      #expect(try ledger.store.read { $1.lastPosition } == before)
      try Company.record(1, at: ledger)
    }
    #expect(try Company.answers(at: ledger) == 3)
    try expectSound(ledger)
  }
}
