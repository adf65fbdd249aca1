import LedgerCore
import LedgerSchema
import LedgerSync
import Testing

/// What is said in a hello: nothing that the other side has, and everything that it lacks.
@Suite struct HelloTests {
  private static let logs = (1...3).map { LogID(high: 0, low: UInt64($0)) }
  private static let ledger = Digest256(hashing: [1])

  private func holdings(_ sizes: [UInt64], ledger: Digest256 = Self.ledger) -> Holdings {
    Holdings(
      ledger: ledger, log: Self.logs[0], site: "site", software: "test",
      heads: zip(Self.logs, sizes).filter { $0.1 > 0 }.map { log, size in
        PromisedHead(
          log: log,
          chain: HeadChain(
            signed: size, root: Digest256(hashing: [UInt8(truncatingIfNeeded: size)]),
            note: "signed"))
      })
  }

  @Test func `two that hold the same say their digests and no head`() throws {
    let answer = try holdings([1, 2, 3]).hello(answering: holdings([1, 2, 3]).hello)
    #expect(answer.heads.isEmpty)
    var session = SyncSession(mine: holdings([1, 2, 3]))
    #expect(try session.receive(answer).isNothingToDo)
  }

  @Test func `a digest that differs is answered by a digest, until heads are stated`() throws {
    var question = holdings([1, 2]).hello
    question.heads = []
    let answer = try holdings([1, 2, 3]).hello(answering: question)
    #expect(answer.heads.isEmpty)
    #expect(answer.digest != question.digest)
  }

  @Test func `a head is signed where the asker holds less, and nowhere else`() throws {
    let answer = try holdings([5, 2, 3]).hello(answering: holdings([4, 2, 9]).unsignedHello)
    #expect(answer.heads.map(\.checkpoint) == ["signed", "", ""])
    #expect(answer.heads.map(\.head.size) == [5, 2, 3])
  }

  @Test func `a stranger and another protocol are refused before anything is said`() throws {
    let stranger = holdings([1], ledger: Digest256(hashing: [2])).hello
    #expect(throws: SyncRefusal.self) { try holdings([1]).hello(answering: stranger) }
    var newer = holdings([2]).hello
    newer.protocolVersion += 1
    #expect(throws: SyncRefusal.protocolVersion(got: 2, expected: 1)) {
      try holdings([1]).hello(answering: newer)
    }
  }

  @Test func `a want is read strictly, and limited to what is held`() throws {
    var plan = SyncSession.Plan()
    plan.want = [(Self.logs[0], 2...5), (Self.logs[1], 1...1)]
    let want = plan.want(except: [Self.logs[1]], texts: [])
    let read = try SyncSession.Plan(sending: want)
    #expect(read.send.map(\.seqs) == [2...5])
    #expect(read.limited(to: VectorClock([Address(log: Self.logs[0], seq: 4)])).send.isEmpty)
    for (from, to): (UInt64, UInt64) in [(0, 1), (3, 2), (1, 1 << 40)] {
      var bad = want
      bad.ranges[0].fromSeq = from
      bad.ranges[0].toSeq = to
      #expect(throws: SyncRefusal.self) { try SyncSession.Plan(sending: bad) }
    }
    var twice = want
    twice.ranges += want.ranges
    #expect(throws: SyncRefusal.self) { try SyncSession.Plan(sending: twice) }
  }
}
