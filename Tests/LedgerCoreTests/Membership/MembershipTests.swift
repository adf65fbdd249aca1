import LedgerCore
import LedgerSchema
import TestSupport
import Testing

/// Who counts follows from what was decided, not from who heard of it first.
@Suite struct `Membership of logs` {
  @Test(arguments: Seeds.all)
  func `in whatever order decisions arrive, the same logs count and decide`(seed: UInt64) throws {
    for part in 0..<UInt64(20) {
      var decisions = try RandomDecisions(seed: seed * 1_000 + part)
      let first = Answers(of: decisions, membership(of: decisions, decisions.arrival()))
      let second = Answers(of: decisions, membership(of: decisions, decisions.arrival()))
      #expect(first == second, "part \(part)")
    }
  }

  @Test(arguments: Seeds.all)
  func `what one more event changes is what all of them say together`(seed: UInt64) throws {
    var taken = 0
    for part in 0..<UInt64(20) {
      var decisions = try RandomDecisions(seed: seed * 1_000 + part)
      let events = decisions.arrival()
      var grown = membership(of: decisions, [])
      for (index, next) in events.enumerated() {
        let all = membership(of: decisions, Array(events[...index]))
        let event = try #require(MembershipEvent(next.event))
        if grown.take(event, at: next.address) { taken += 1 } else { grown = all }
        let isSame = Answers(of: decisions, grown) == Answers(of: decisions, all)
        #expect(isSame, "part \(part): event \(index)")
      }
    }
    #expect(taken > 50)
  }

  private func membership(
    of decisions: RandomDecisions, _ events: [RandomDecisions.Event]
  ) -> Membership {
    Membership(ledger: decisions.ledger, genesis: decisions.logs[0], events: events)
  }
}

/// All that a membership says of the logs that it was made from.
private struct Answers: Equatable {
  struct Log: Equatable {
    var limit: UInt64
    var isAuthority: Bool
    var isInOffice: Bool
    var mayDecide: Bool
    var isRevoked: Bool
    var isGivenUp: Bool
    var isWithoutText: Bool
  }

  var logs: [Log]
  var decisions: [Bool]

  init(of decisions: RandomDecisions, _ membership: Membership) {
    logs = decisions.logs.map { log in
      Log(
        limit: membership.limit(of: log), isAuthority: membership.isAuthority(log),
        isInOffice: membership.isInOffice(log), mayDecide: membership.mayDecide(log),
        isRevoked: membership.isRevoked(log), isGivenUp: membership.isGivenUp(log),
        isWithoutText: membership.isWithoutText(log))
    }
    self.decisions = decisions.events.map { membership.isDecision($0.address) }
  }
}
