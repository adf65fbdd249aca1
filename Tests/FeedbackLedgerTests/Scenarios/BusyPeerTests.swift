import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// A session takes its time, and nobody waits for it: others record here, and others sync with the peer.
@Suite struct `Scenarios of a session beside others` {
  /// Something happens before each hello is answered.
  private struct BusyPeer: Peer {
    let peer: LocalPeer
    let meanwhile: @Sendable () throws -> Void

    func hello(for mine: Holdings) throws -> Scorebook_V1_Hello {
      try meanwhile()
      return try peer.hello(for: mine)
    }

    func answers(
      to questions: [Scorebook_V1_ForkQuestion]
    ) throws -> [Scorebook_V1_ForkAnswer] {
      try peer.answers(to: questions)
    }

    func forEachBatch(
      of want: Scorebook_V1_Want, _ body: (Scorebook_V1_Batch) throws -> Void
    ) throws {
      try peer.forEachBatch(of: want, body)
    }

    func receive(everythingFrom other: Ledger) throws -> SyncReport {
      try peer.receive(everythingFrom: other)
    }
  }

  /// Both have the branch's file open: what the peer holds more of its log was recorded there.
  @Test func `what another program recorded here and brought there is no sign of a restore`() throws
  {
    let company = try Company()
    let (hub, branch) = (company.hub, company.branch)
    let other = try Ledger.open(
      at: company.folder.path("branch.ledger"), surroundings: company.branchClock.surroundings)
    let log = branch.log
    let peer = BusyPeer(peer: LocalPeer(hub, for: log)) {
      try Company.record(2, at: other)
      _ = try other.sync(with: hub)
    }
    for round in 1...3 {
      let report = try branch.receive(everythingFromPeer: peer)
      #expect(report.successions.isEmpty && report.refusals.isEmpty)
      #expect(branch.log == log && other.log == log)
      #expect(try Company.answers(at: branch) == Int64(2 * round))
    }
    try expectSound(hub, branch)
  }

  @Test(arguments: Seeds.all)
  func `each head of which a peer holds more comes signed, whatever it takes in meanwhile`(
    seed: UInt64
  ) throws {
    var world = try World(seed: seed, branches: 12)
    try world.converge()
    let (hub, asking) = (world.authority, world.ledgers[1])
    var others = Array(world.ledgers.dropFirst(2))
    for ledger in others.prefix(3) { try Company.record(1, at: ledger) }
    func takeIn(_ count: Int) throws {
      for ledger in others.prefix(count) {
        try Company.record(1, at: ledger)
        _ = try hub.receive(everythingFrom: ledger)
      }
      others.shuffle(using: &world.random)
    }
    try takeIn(3)
    let mine = try asking.holdings()
    var asked = 0
    let answer = try mine.signedAnswer(after: try hub.hello(answering: mine.question)) { question in
      asked += 1
      // More than those whose heads the question names, whatever ids they have.
      try takeIn(8)
      return try hub.hello(answering: question)
    }
    #expect((2...3).contains(asked))
    let ahead = answer.heads.filter { head in
      LogID(bytes: head.head.log).map { head.head.size > mine.clock[$0] } ?? false
    }
    #expect(!ahead.isEmpty)
    for head in ahead { #expect(!head.checkpoint.isEmpty) }
  }
}
