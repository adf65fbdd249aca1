import LedgerCore
import LedgerSchema
import LedgerSync
import TestSupport
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

  /// Logs that stand one in each part.
  private func spread(_ sizes: [UInt64]) -> Holdings {
    Holdings(
      ledger: Self.ledger, log: Self.logs[0], site: "site", software: "test",
      heads: sizes.enumerated().filter { $0.element > 0 }.map { index, size in
        PromisedHead(
          log: LogID(high: UInt64(index) << 59, low: 1),
          chain: HeadChain(
            signed: size, root: Digest256(hashing: [UInt8(truncatingIfNeeded: size)]),
            note: "signed"))
      })
  }

  @Test func `of many logs only the heads of the parts that differ are stated`() throws {
    let mine = spread(Array(repeating: 5, count: 32))
    var sizes = Array(repeating: UInt64(5), count: 32)
    (sizes[3], sizes[17], sizes[31]) = (4, 6, 0)
    let theirs = spread(sizes)
    let answer = try theirs.hello(answering: mine.question)
    #expect(answer.heads.map(\.head.size) == [4, 6])
    #expect(answer.heads.map(\.checkpoint) == ["", ""])
    let again = try #require(mine.question(after: answer))
    #expect(again.heads.map(\.head.size) == [5, 5, 5])
    let signed = try theirs.hello(answering: again)
    #expect(signed.heads.map(\.checkpoint) == ["", "signed"])
    var session = SyncSession(mine: mine)
    let plan = try session.receive(signed)
    #expect(plan.want.map(\.seqs) == [6...6])
    #expect(plan.send.map(\.seqs) == [5...5, 1...5])
    #expect(plan.forks.isEmpty)
  }

  @Test func `who lacks nothing does not ask again`() throws {
    let (mine, theirs) = (spread([5, 5, 7]), spread([5, 5, 6]))
    let answer = try theirs.hello(answering: mine.question)
    #expect(mine.question(after: answer) == nil)
    let push = try mine.hello(answering: answer)
    #expect(push.heads.map(\.checkpoint) == ["signed"])
    var session = SyncSession(mine: theirs)
    #expect(try session.receive(push).want.map(\.seqs) == [7...7])
  }

  @Test func `after a push everything that is new at the other side is signed`() throws {
    let answer = try spread([5, 9]).hello(answering: spread([5, 5]).question, signsUnstated: true)
    #expect(answer.heads.map(\.checkpoint) == ["signed"])
  }

  @Test func `parts that are all equal beside digests that differ state everything`() throws {
    var question = spread([1, 2]).question
    question.digest = ProtobufBytes.data(Digest256(hashing: [9]).bytes)
    let answer = try spread([1, 2]).hello(answering: question)
    #expect(answer.heads.count == 2)
    #expect(answer.stated == 0)
  }

  @Test func `parts of another number, and heads beside the stated parts, are refused`() throws {
    var question = spread([1, 2]).question
    question.parts.removeLast()
    #expect(throws: SyncRefusal.self) { try spread([1, 3]).hello(answering: question) }
    var answer = try spread([1, 3]).hello(answering: spread([1, 2]).question)
    answer.stated = 1
    var session = SyncSession(mine: spread([1, 2]))
    #expect(throws: SyncRefusal.self) { try session.receive(answer) }
  }

  @Test func `the digest of a part is the first bytes of the cut digest over its heads`() {
    let mine = spread([1, 2])
    let parts = Array(mine.question.parts)
    #expect(parts.count == 256)
    #expect(Array(parts[0..<8]) == Array(Digest256(of: [mine.heads[0].head]).bytes.prefix(8)))
    #expect(Array(parts[16..<24]) == Array(Digest256(of: [Head]()).bytes.prefix(8)))
  }

  @Test func `a head is signed where the asker holds less, and nowhere else`() throws {
    let answer = try holdings([5, 2, 3]).hello(answering: holdings([4, 2, 9]).hello)
    #expect(answer.heads.map(\.checkpoint) == ["signed", "", ""])
    #expect(answer.heads.map(\.head.size) == [5, 2, 3])
  }

  @Test func `a stranger and another protocol are refused before anything is said`() throws {
    let stranger = holdings([1], ledger: Digest256(hashing: [2])).hello
    #expect(throws: SyncRefusal.self) { try holdings([1]).hello(answering: stranger) }
    var newer = holdings([2]).hello
    newer.protocolVersion += 1
    #expect(throws: SyncRefusal.protocolVersion(got: 3, expected: 2)) {
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

  @Test(arguments: Seeds.all)
  func `what is left out of a hello before a push is known to the peer that has just said it`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let hub = (0..<32).map { _ in UInt64.random(in: 1...9, using: &random) }
    let site = hub.map { size in
      Bool.random(using: &random) ? size : UInt64.random(in: 1...9, using: &random)
    }
    let (mine, theirs) = (spread(site), spread(hub))
    let said = try theirs.hello(answering: mine.question)
    let whole = try mine.hello(answering: said)
    let pushed = try mine.hello(bringingTo: said)
    let same = zip(site, hub).count { $0 == $1 }
    #expect(pushed.heads.count == 32 - same)
    let completed = theirs.completed(pushed)
    #expect(Set(completed.heads) == Set(whole.heads))
    var session = SyncSession(mine: theirs)
    #expect(
      try session.receive(completed).want.map(\.seqs) == session.receive(whole).want.map(\.seqs))
  }

  @Test func `a hello of the first version leaves nothing out, and nothing is put into it`() throws
  {
    var first = spread([1, 2, 3]).hello
    first.protocolVersion = 1
    first.heads.removeLast()
    #expect(spread([1, 2, 3]).completed(first) == first)
  }

  @Test func `a part that is not stated stays so`() throws {
    let theirs = spread(Array(repeating: 5, count: 32))
    var sizes = Array(repeating: UInt64(5), count: 32)
    sizes[3] = 6
    let mine = spread(sizes)
    let pushed = try mine.hello(bringingTo: try theirs.hello(answering: mine.question))
    #expect(pushed.heads.map(\.head.size) == [6])
    #expect(theirs.completed(pushed) == pushed)
  }
}
