import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// What a peer may answer who is asked for its branch of a log: the log's writer must have signed it.
@Suite struct `Answers with a branch` {
  private let company: Company
  private let twin: Ledger

  init() throws {
    company = try Company()
    twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    _ = try company.branch.sync(with: company.hub)
  }

  @Test func `the other branch of a log is kept, each entry once`() throws {
    for _ in 1...2 { try company.hub.settle(with: Altering(twin) { _ in }) }
    #expect(try kept() == 4)
  }

  @Test func `a branch that the log's key has not signed is not kept`() throws {
    let peer = Altering(twin) { branch in
      branch.entries[0] += [0x78, 1]  // An unknown field more: still an event, and another one.
    }
    try company.hub.settle(with: peer)
    #expect(try kept() == 0)
  }

  @Test func `an empty entry of a branch is refused`() throws {
    let peer = Altering(twin) { $0.entries.append(Data()) }
    #expect(throws: SyncRefusal.malformed("an empty entry")) {
      try company.hub.settle(with: peer)
    }
    #expect(try kept() == 0)
  }

  @Test func `a branch of more entries than a batch holds is refused`() throws {
    let limit = SyncLimits.batchEventsMax
    let peer = Altering(twin) { branch in
      branch.entries = Array(repeating: branch.entries[0], count: limit + 1)
    }
    #expect(
      throws: SyncRefusal.tooMany(what: "events of a branch", got: limit + 1, limit: limit)
    ) { try company.hub.settle(with: peer) }
  }

  private func kept() throws -> Int {
    try company.hub.store.read { database, _ in try QuarantineTable(database).count() }
  }
}

extension Ledger {
  /// A session as far as the questions about branches.
  fileprivate func settle(with peer: Altering) throws {
    var session = SyncSession(mine: try holdings())
    let plan = try session.receive(try peer.hello(for: session.mine))
    let receiver = try SyncReceiver(self, session: session)
    _ = try settleForks(plan, ForkInquiry(self, ask: peer.answers), receiver)
  }
}

/// A peer whose program was changed: it alters what it answers.
private struct Altering {
  private let peer: LocalPeer
  private let alter: (inout Scorebook_V1_ForkBranch) -> Void

  init(_ ledger: Ledger, _ alter: @escaping (inout Scorebook_V1_ForkBranch) -> Void) {
    peer = LocalPeer(ledger, for: ledger.log)
    self.alter = alter
  }

  func hello(for mine: Holdings) throws -> Scorebook_V1_Hello { try peer.hello(for: mine) }

  func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    try peer.answers(to: questions).map { answer in
      var answer = answer
      if answer.hasBranch, !answer.branch.entries.isEmpty { alter(&answer.branch) }
      return answer
    }
  }
}
