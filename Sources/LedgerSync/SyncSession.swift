package import LedgerCore
package import LedgerSchema

/// What one side brings to a session.
package struct Holdings: Sendable {
  package let ledger: Digest256
  package let log: LogID
  package let site: String
  package let software: String
  /// Ascending by log.
  package let heads: [PromisedHead]
  /// Over all heads.
  package let digest: Digest256
  /// Of this side as it speaks; nil where it tells none.
  package let wallClock: Instant?

  package init(
    ledger: Digest256, log: LogID, site: String, software: String, heads: [PromisedHead],
    wallClock: Instant? = nil
  ) {
    self.ledger = ledger
    self.log = log
    self.site = site
    self.software = software
    self.heads = heads
    self.wallClock = wallClock
    digest = Digest256(of: heads.map(\.head))
  }

  /// The same side with other heads.
  package func stating(_ heads: [PromisedHead]) -> Holdings {
    Holdings(
      ledger: ledger, log: log, site: site, software: software, heads: heads, wallClock: wallClock)
  }

  package var clock: VectorClock { VectorClock(heads.map(\.head.address)) }

  /// As it stands in a file, which may be read at any time.
  package var hello: Scorebook_V1_Hello {
    var hello = greeting
    hello.heads = heads.map(\.message)
    return hello
  }

  /// A hello to a peer that is there, without heads.
  var liveGreeting: Scorebook_V1_Hello {
    var hello = greeting
    hello.wallClockUs = wallClock?.microseconds ?? 0
    return hello
  }

  /// A hello without heads.
  private var greeting: Scorebook_V1_Hello {
    var hello = Scorebook_V1_Hello()
    hello.protocolVersion = SyncLimits.protocolVersion
    hello.ledger = ProtobufBytes.data(ledger.bytes)
    hello.log = ProtobufBytes.data(log.bytes)
    hello.site = site
    hello.software = software
    hello.digest = ProtobufBytes.data(digest.bytes)
    return hello
  }
}

/// One sync session: a pure state machine. It compares real holdings each time; nothing is remembered as "sent", so a
/// peer restored to yesterday gets the rest again by itself (DESIGN §4).
package struct SyncSession: Sendable {
  package let mine: Holdings
  /// What the peer promised, by log.
  package private(set) var promised: [LogID: PromisedHead] = [:]
  package private(set) var peerLog: LogID?
  package private(set) var peerSite = ""
  /// Of the peer as it spoke; nil where it told none.
  package private(set) var peerWallClock: Instant?

  package init(mine: Holdings) {
    self.mine = mine
  }

  /// What to do after the peer's hello.
  package struct Plan: Sendable {
    /// What the peer lacks: for each log the seqs to send.
    package var send: [(log: LogID, seqs: ClosedRange<UInt64>)] = []
    /// What is lacking here.
    package var want: [(log: LogID, seqs: ClosedRange<UInt64>)] = []
    /// Logs of equal size whose roots differ: one of them forked.
    package var forks: [(log: LogID, seq: UInt64)] = []
    package init() {}

    package var isNothingToDo: Bool { send.isEmpty && want.isEmpty && forks.isEmpty }
  }

  package mutating func receive(_ hello: Scorebook_V1_Hello) throws(SyncRefusal) -> Plan {
    try hello.check(ledger: mine.ledger)
    peerLog = LogID(bytes: hello.log)
    peerSite = hello.site
    peerWallClock = hello.wallClock
    // Said by the digest alone: the peer holds what is held here.
    if hello.heads.isEmpty, ProtobufBytes.array(hello.digest) == mine.digest.bytes { return Plan() }
    var theirs: [LogID: PromisedHead] = [:]
    for message in hello.heads {
      let head = try PromisedHead(message)
      guard theirs.updateValue(head, forKey: head.head.log) == nil else {
        throw .malformed("a log named twice")
      }
    }
    let stated = hello.statedParts
    guard theirs.keys.allSatisfy({ stated.contains(HeadPart(of: $0)) }) else {
      throw .malformed("a head of a part that is not stated")
    }
    promised = theirs
    return plan(theirs, of: stated)
  }

  /// Of the other parts both hold the same.
  private func plan(_ theirs: [LogID: PromisedHead], of parts: Set<HeadPart>) -> Plan {
    var plan = Plan()
    let own = Dictionary(uniqueKeysWithValues: mine.heads.map { ($0.head.log, $0.head) })
    for log in Set(own.keys).union(theirs.keys).sorted() where parts.contains(HeadPart(of: log)) {
      let held = own[log]?.size ?? 0
      let offered = theirs[log]?.head.size ?? 0
      if held > offered { plan.send.append((log, offered + 1...held)) }
      if held < offered { plan.want.append((log, held + 1...offered)) }
      if held == offered, let mine = own[log], mine.root != theirs[log]?.head.root {
        plan.forks.append((log, held))
      }
    }
    return plan
  }
}
