package import LedgerCore
import LedgerSchema

extension Reference {
  /// The answers to some measures by site and period, of which a customer's later one displaces the earlier: every
  /// answer is held against every other of its person, and people are sets of pseudonyms that are joined while they
  /// overlap.
  ///
  /// `clock`: causally closed.
  package func compared(
    _ dedupe: Dedupe, _ measures: Set<Measure>, by period: Grouping?, at clock: VectorClock
  ) -> NamedCounters {
    var histories = histories(at: clock)
    var votes: [VoteList.Vote] = []
    for var rows in histories.items.values {
      var sink = VoteList()
      histories.arena.withUnsafeBytes { payload in
        SubjectFold.fold(&rows, payload: payload, context: &histories.context, into: &sink)
      }
      votes += sink.votes.filter { measures.contains($0.contribution.measure) }
    }
    let people = people(of: histories.entries, forks: histories.forks)
    func person(_ vote: VoteList.Vote) -> Set<CustomerID> {
      people.first { $0.contains(vote.respondent.customer) } ?? [vote.respondent.customer]
    }
    let rivals = Dictionary(grouping: votes, by: person)
    func competes(_ left: VoteList.Vote, _ right: VoteList.Vote) -> Bool {
      !left.respondent.isAnonymous
        && left.scale == right.scale && left.period(period) == right.period(period)
        && (dedupe != .latestPerTouchpoint
          || left.respondent.touchpoint == right.respondent.touchpoint)
    }
    let kept = votes.filter { vote in
      let others = dedupe == .all ? [] : rivals[person(vote)] ?? []
      return !others.contains { competes(vote, $0) && vote.isEarlier(than: $0) }
    }
    var counters = NamedCounters()
    for vote in kept {
      let labels = histories.context.vocabulary.labelSets[vote.contribution.labels]
      var key = vote.contribution.keptKey(site: 0)
      key.period = vote.period(period)
      counters.add(
        vote.contribution.weight, to: key, site: labels[Label.site] ?? "",
        vocabulary: histories.context.vocabulary)
    }
    return counters
  }

  private func people(
    of entries: [ReferenceLogs.Entry], forks: [LogID: UInt64]
  ) -> [Set<CustomerID>] {
    func isCancelled(_ merge: ReferenceLogs.Entry) -> Bool {
      let item = Projector.item(of: merge.event, at: merge.address)
      return entries.contains { entry in
        guard case .customersUnmerged = entry.event.meaning.body else { return false }
        return Projector.item(of: entry.event, at: entry.address) == item
          && entry.address != merge.address
          && logs.clock(of: entry.address, forks: forks).contains(merge.address)
      }
    }
    var people: [Set<CustomerID>] = []
    for entry in entries where !isCancelled(entry) {
      guard case .customersMerged(let merge) = entry.event.meaning.body else { continue }
      var one = Set(([merge.survivor] + merge.absorbed).compactMap { CustomerID(bytes: $0) })
      for other in people where !other.isDisjoint(with: one) { one.formUnion(other) }
      people.removeAll { !$0.isDisjoint(with: one) }
      people.append(one)
    }
    return people
  }
}

/// Every answer with whose it is.
private struct VoteList: ContributionSink {
  struct Vote {
    var respondent: Respondent
    var contribution: Contribution

    var scale: Int64 {
      switch contribution.measure {
      case .nps, .csat, .ces: contribution.bucket >> 32
      default: 0
      }
    }

    func period(_ grouping: Grouping?) -> Int32 {
      guard let grouping else { return 0 }
      return contribution.day == EventRow.unknownDay
        ? contribution.day : CivilDay(number: contribution.day).start(of: grouping).number
    }

    func isEarlier(than other: Vote) -> Bool {
      (contribution.occurred, respondent.recorded, respondent.address.log, respondent.address.seq)
        < (
          other.contribution.occurred, other.respondent.recorded, other.respondent.address.log,
          other.respondent.address.seq
        )
    }
  }

  private var respondent: Respondent?
  private(set) var votes: [Vote] = []

  mutating func begin(_ respondent: @autoclosure () -> Respondent) -> Bool {
    self.respondent = respondent()
    return true
  }

  mutating func add(_ contribution: Contribution) {
    guard let respondent else { return }
    votes.append(Vote(respondent: respondent, contribution: contribution))
  }
}
