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

  @Test func `a clock is told to who is there, in every hello but one that waits before pieces`()
    throws
  {
    let now = Instant(microseconds: 1_700_000_000_000_000)
    let mine = Holdings(
      ledger: Self.ledger, log: Self.logs[0], site: "site", software: "test",
      heads: holdings([1, 2]).heads, wallClock: now)
    let theirs = holdings([1, 2, 3])
    #expect(mine.question.wallClock == now)
    #expect(try mine.hello(answering: theirs.question).wallClock == now)
    // A file is read at any time, and pieces go off one after another.
    #expect(mine.hello.wallClock == nil)
    #expect(try mine.hello(bringingTo: theirs.question).wallClock == nil)
    #expect(theirs.question.wallClock == nil)
    var session = SyncSession(mine: theirs)
    _ = try session.receive(mine.question)
    #expect(session.peerWallClock == now)
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
    var asked: [[UInt64]] = []
    let signed = try mine.signedAnswer(after: answer) { again in
      asked.append(again.heads.map(\.head.size))
      return try theirs.hello(answering: again)
    }
    #expect(asked == [[5, 5, 5]])
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
    let same = mine.signedAnswer(after: answer) { answer in
      Issue.record("asked again")
      return answer
    }
    #expect(same == answer)
    let push = try mine.hello(answering: answer)
    #expect(push.heads.map(\.checkpoint) == ["signed"])
    var session = SyncSession(mine: theirs)
    #expect(try session.receive(push).want.map(\.seqs) == [7...7])
  }

  /// A peer that takes in entries of others differs in other parts from one answer to the next.
  @Test func `who lacks something asks until all of it is signed, the last time with every head`()
    throws
  {
    let mine = spread(Array(repeating: 5, count: 32))
    var sizes = Array(repeating: UInt64(5), count: 32)
    sizes[3] = 6
    var asked: [Int] = []
    let answer = try mine.signedAnswer(after: spread(sizes).hello(answering: mine.question)) {
      again in
      asked.append(again.heads.count)
      // Of a part that nobody has spoken of.
      sizes[10 + asked.count] = 7
      return try spread(sizes).hello(answering: again)
    }
    #expect(asked == [1, 2, 32])
    #expect(answer.heads.map(\.head.size) == [6, 7, 7, 7])
    #expect(answer.heads.allSatisfy { $0.checkpoint == "signed" })
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
    #expect(throws: SyncRefusal.protocolVersion(got: 4, expected: 3)) {
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

  /// Sixteen logs in two parts; the first is the holder's own.
  private func crowded(_ sizes: [UInt64]) -> Holdings {
    let logs = sizes.indices.map { LogID(high: UInt64($0 % 2) << 59, low: UInt64($0) + 1) }
    return Holdings(
      ledger: Self.ledger, log: logs[0], site: "site", software: "test",
      heads: zip(logs, sizes).map { log, size in
        PromisedHead(
          log: log,
          chain: HeadChain(
            signed: size, root: Digest256(hashing: [UInt8(truncatingIfNeeded: size)]),
            note: "signed"))
      })
  }

  @Test(arguments: Seeds.all, [false, true])
  func `what a push leaves out is what the hub has said, also where it holds other by then`(
    seed: UInt64, changesMeanwhile: Bool
  ) throws {
    var random = SplitMix64(seed: seed)
    func size() -> UInt64 { UInt64.random(in: 1...9, using: &random) }
    let said = (0..<16).map { _ in size() }
    var site = said.map { Bool.random(using: &random) ? $0 : size() }
    // Something new in both parts.
    for index in 2...3 { site[index] = said[index] + 1 }
    let now = changesMeanwhile ? said.map { Bool.random(using: &random) ? $0 : size() } : said
    let mine = crowded(site)
    let hello = try mine.hello(bringingTo: try crowded(said).hello(answering: mine.question))
    let named = said.indices.filter { $0 == 0 || site[$0] != said[$0] }
    #expect(Set(hello.heads.map(\.head.log)) == Set(named.map { mine.heads[$0].message.head.log }))
    let completed = crowded(now).completed(hello)
    #expect(completed.heads.count == 16)
    // Nothing is asked for that the site did not name: only that does it bring.
    var session = SyncSession(mine: crowded(now))
    let want = try session.receive(completed).want.map(\.log)
    let brought = named.filter { site[$0] > now[$0] }.map { mine.heads[$0].log }
    #expect(Set(want) == Set(brought))
  }

  @Test func `the head of the peer's own log is always stated before a push`() throws {
    let theirs = holdings([5, 2, 3])
    let mine = holdings([5, 2, 4])
    let hello = try mine.hello(bringingTo: try theirs.hello(answering: mine.question))
    #expect(theirs.log == Self.logs[0])
    #expect(Set(hello.heads.map(\.head.size)) == [4, 5])
    // It was put back to an older state in between, and sees that the other side holds more of its log.
    let older = holdings([4, 2, 3])
    var session = SyncSession(mine: older)
    #expect(
      try session.receive(older.completed(hello)).want.map(\.log) == [Self.logs[0], Self.logs[2]])
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
    // That of the peer's own log beside it, whose part is then stated too.
    #expect(pushed.heads.map(\.head.size) == [6, 5])
    #expect(theirs.completed(pushed) == pushed)
  }
}
