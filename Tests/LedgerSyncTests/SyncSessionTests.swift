import LedgerCore
import LedgerSchema
import LedgerSync
import Testing

/// What a session decides after the other side's hello, from what both hold and nothing else.
@Suite struct SyncSessionTests {
  private static let logs = (1...4).map { LogID(high: 0, low: UInt64($0)) }
  private static let ledger = Digest256(hashing: [1])

  /// Sizes by log, 0 where it is not held.
  private func holdings(_ sizes: [UInt64], branch: UInt8 = 0) -> Holdings {
    Holdings(
      ledger: Self.ledger, log: Self.logs[0], site: "site", software: "test",
      heads: zip(Self.logs, sizes).filter { $0.1 > 0 }.map { log, size in
        PromisedHead(
          log: log,
          chain: HeadChain(
            signed: size, root: Digest256(hashing: [branch, UInt8(truncatingIfNeeded: size)]),
            note: ""))
      })
  }

  private func plan(_ mine: [UInt64], _ theirs: [UInt64]) throws -> SyncSession.Plan {
    var session = SyncSession(mine: holdings(mine))
    return try session.receive(holdings(theirs).hello)
  }

  @Test func `each side asks for what it lacks and sends what it has more`() throws {
    let plan = try plan([5, 3, 0, 7], [2, 3, 4, 9])
    #expect(plan.send.map(\.log) == [Self.logs[0]])
    #expect(plan.send.map(\.seqs) == [3...5])
    #expect(plan.want.map(\.log) == [Self.logs[2], Self.logs[3]])
    #expect(plan.want.map(\.seqs) == [1...4, 8...9])
    #expect(plan.forks.isEmpty)
  }

  @Test func `another ledger is a stranger, whatever it holds`() throws {
    var session = SyncSession(mine: holdings([5, 3]))
    var hello = holdings([5, 3]).hello
    let other = Digest256(hashing: [2])
    hello.ledger = ProtobufBytes.data(other.bytes)
    let refusal = SyncRefusal.stranger(mine: Self.ledger, theirs: other.description)
    #expect(throws: refusal) { try session.receive(hello) }
  }

  @Test func `the plans of both sides mirror each other, for every pair of sizes`() throws {
    for mine: UInt64 in 0...3 {
      for theirs: UInt64 in 0...3 {
        let here = try plan([mine, 2], [theirs, 2])
        let there = try plan([theirs, 2], [mine, 2])
        #expect(here.send.map(\.seqs) == there.want.map(\.seqs))
        #expect(here.want.map(\.seqs) == there.send.map(\.seqs))
        #expect(here.isNothingToDo == (mine == theirs))
      }
    }
  }

  @Test func `equal sizes with other roots are a fork, not peace`() throws {
    var session = SyncSession(mine: holdings([5, 2]))
    let plan = try session.receive(holdings([5, 1], branch: 9).hello)
    #expect(plan.forks.map(\.log) == [Self.logs[0]])
    #expect(plan.forks.map(\.seq) == [5])
    #expect(!plan.isNothingToDo)
  }

  @Test func `a size of 2^64 - 1 is a size`() throws {
    let plan = try plan([1], [.max])
    #expect(plan.want.map(\.seqs) == [2...UInt64.max])
  }

  @Test func `a hello that is not of this ledger or protocol is refused`() throws {
    var session = SyncSession(mine: holdings([1]))
    var hello = holdings([1]).hello
    for version: UInt32 in [0, 4] {
      hello.protocolVersion = version
      #expect(throws: SyncRefusal.protocolVersion(got: version, expected: 3)) {
        try session.receive(hello)
      }
    }
    hello = holdings([1]).hello
    hello.ledger = ProtobufBytes.data([1, 2])
    #expect(throws: SyncRefusal.stranger(mine: Self.ledger, theirs: "0102")) {
      try session.receive(hello)
    }
  }

  @Test func `a head without a log, a size or a root, or one named twice, is refused`() throws {
    let whole = holdings([1]).hello
    let changes: [(inout Scorebook_V1_Hello) -> Void] = [
      { $0.heads[0].head.log = ProtobufBytes.data([1]) }, { $0.heads[0].head.size = 0 },
      { $0.heads[0].head.root = ProtobufBytes.data([]) }, { $0.heads.append($0.heads[0]) },
      { $0.heads[0].consistency = [ProtobufBytes.data([1, 2, 3])] },
    ]
    for change in changes {
      var hello = whole
      change(&hello)
      var session = SyncSession(mine: holdings([1]))
      let refusal = #expect(throws: SyncRefusal.self) { try session.receive(hello) }
      guard case .malformed = refusal else {
        Issue.record("\(String(describing: refusal))")
        continue
      }
    }
  }

  @Test func `a proof and a list of logs have their limits`() throws {
    var hello = holdings([1]).hello
    let node = ProtobufBytes.data(Digest256(hashing: []).bytes)
    hello.heads[0].consistency = Array(repeating: node, count: SyncLimits.proofNodesMax)
    var session = SyncSession(mine: holdings([1]))
    _ = try session.receive(hello)
    hello.heads[0].consistency.append(node)
    #expect(throws: SyncRefusal.tooMany(what: "hashes in a proof", got: 131, limit: 130)) {
      try session.receive(hello)
    }
    hello = holdings([]).hello
    hello.heads = Array(repeating: Scorebook_V1_SignedHead(), count: SyncLimits.logsMax + 1)
    #expect(throws: SyncRefusal.tooMany(what: "logs", got: 100_001, limit: 100_000)) {
      try session.receive(hello)
    }
  }

  @Test func `as many logs as a ledger may have are said and asked for, and not one more`() throws {
    let count = SyncLimits.logsMax
    var head = holdings([1]).hello.heads[0]
    var hello = holdings([]).hello
    hello.heads = (0...count).map {
      head.head.log = ProtobufBytes.data(LogID(high: UInt64($0), low: 0).bytes)
      return head
    }
    var want = Scorebook_V1_Want(
      (0...count).map { (log: LogID(high: UInt64($0), low: 0), seqs: UInt64(1)...1) })
    let refusal = SyncRefusal.tooMany(what: "logs", got: count + 1, limit: count)
    var session = SyncSession(mine: holdings([]))
    #expect(throws: refusal) { try session.receive(hello) }
    #expect(throws: refusal) { try SyncSession.Plan(sending: want) }
    hello.heads.removeLast()
    want.ranges.removeLast()
    let plan = try session.receive(hello)
    #expect(plan.want.count == count)
    #expect(try SyncSession.Plan(sending: want).send.count == count)
  }
}
