import Dispatch
import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerSync
import Synchronization
import TestSupport
import Testing

/// What sessions may have prepared at the same time, all together.
@Suite struct `Allowance of prepared batches` {
  @Test func `never more are held than there are, and everybody gets one in the end`() {
    let allowance = Allowance(3)
    let held = Mutex((now: 0, most: 0, all: 0))
    DispatchQueue.concurrentPerform(iterations: 200) { _ in
      let share = allowance.next()
      held.withLock { held in
        held.now += 1
        held.most = max(held.most, held.now)
        held.all += 1
      }
      held.withLock { $0.now -= 1 }
      share.giveBack()
      // Once is enough: what is let go of afterwards must not count again.
      share.giveBack()
    }
    let (_, most, all) = held.withLock { $0 }
    #expect(most <= 3)
    #expect(all == 200)
  }

  @Test func `a share that nobody gave back is free when it is let go of`() {
    let allowance = Allowance(1)
    for _ in 0..<3 { _ = allowance.next() }
  }

  @Test(.timeLimit(.minutes(1)))
  func `sessions that are refused leave room for the next one, however many batches they bring`()
    throws
  {
    let company = try Company()
    try Company.record(3, at: company.branch)
    let bundle = company.branch
    for _ in 0..<20 {
      var session = SyncSession(mine: try company.hub.holdings())
      let theirs = try bundle.hello(answering: try company.hub.holdings().question)
      _ = try session.receive(theirs)
      let receiver = try SyncReceiver(company.hub, session: session)
      #expect(throws: SyncRefusal.self) {
        try receiver.receive { take in
          for _ in 0..<12 { try take(Self.torn(bundle.log)) }
        }
      }
    }
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 3)
    try expectSound(company.hub, company.branch)
  }

  /// Refused as a whole: it holds two pieces of one log with a gap between them.
  private static func torn(_ log: LogID) -> Scorebook_V1_Batch {
    var batch = Scorebook_V1_Batch()
    batch.runs = [UInt64(1), 9].map { seq in
      var run = Scorebook_V1_Run()
      run.log = ProtobufBytes.data(log.bytes)
      run.firstSeq = seq
      run.entries = [ProtobufBytes.data([0xFF])]
      return run
    }
    return batch
  }
}
