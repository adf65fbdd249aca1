import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Law 5: the parts of an explanation sum to the change.
@Suite struct `Law 5` {
  @Test(arguments: Seeds.all)
  func `the parts of an explanation sum to the change`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 20)
    let early = try world.ledgers[1].store.read { $1.clock }
    try world.run(steps: 15)
    try world.converge()
    let other = try ReferenceLogs(of: world.authority)
    let random = other.closure(
      of: VectorClock(
        other.clock.entries.map {
          Address(log: $0.log, seq: UInt64.random(in: 0...$0.seq, using: &world.random))
        }))
    for metric in ["nps", "csat.top2", "ces.net", "csi.equal", "ticket.frt", "ticket.backlog"] {
      let pairs: [(PointInTime, PointInTime)] = [
        (.clock(early), .now), (.clock(random), .now), (.clock(random), .clock(early)),
      ]
      for (first, second) in pairs {
        let request = ScoreRequest(metric: metric)
        try expectSum(request, from: first, to: second, in: world.authority)
        let explanation = try world.authority.explain(request, from: first, to: second)
        var point = request
        point.at = second
        #expect(try world.authority.score(point).rows.first?.score == explanation.second)
      }
    }
  }

  @Test(arguments: Seeds.all)
  func `what a revoked log no longer counts is a part too`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    try world.converge()
    let early = try world.authority.store.read { $1.clock }
    let victim = world.ledgers[1].log
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(victim.bytes)
    revoked.afterSeq = 3
    _ = try world.authority.withRecorder { try $0.append(.siteRevoked(revoked)) }
    for metric in ["nps", "csat.top2", "ticket.backlog"] {
      try expectSum(
        ScoreRequest(metric: metric), from: .clock(early), to: .now, in: world.authority)
    }
  }

  /// Three promoters of a branch and a detractor here: 50; without the branch −100.
  @Test func `a revocation is one part, of the cause membership, and names what it took`() throws {
    let company = try Company()
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.hub.record([EventDraft(Bodies.response([Bodies.nps(0)]))])
    let early = try company.hub.store.read { $1.clock }
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(company.branch.log.bytes)
    _ = try company.hub.withRecorder { try $0.append(.siteRevoked(revoked)) }
    let request = ScoreRequest(metric: "nps")
    try expectSum(request, from: .clock(early), to: .now, in: company.hub)
    let there = try company.hub.explain(
      request, from: .clock(early), to: .now, withEvents: true)
    #expect(there.parts.map(\.cause) == [.membership])
    #expect(there.parts.map(\.effect) == [-150])
    #expect(there.parts.map(\.items) == [3])
    #expect(there.parts[0].events.allSatisfy { $0.site == "branch" && $0.after == "–" })
    // And back: what the second cut does not know of was not yet taken away.
    let back = try company.hub.explain(request, from: .now, to: .clock(early))
    #expect(back.change == 150)
  }
}
