package import FeedbackLedger
package import LedgerCore
import LedgerSchema

/// The specification, written straight down: group the entries of a cut by item, put them into canonical order, fold
/// each item, add up. What the store keeps must equal it at every cut.
package struct Reference {
  package let logs: ReferenceLogs

  package init(of ledger: Ledger) throws {
    logs = try ReferenceLogs(of: ledger)
  }

  package func counters() -> NamedCounters { counters(at: logs.clock) }

  /// `clock`: causally closed.
  package func counters(at clock: VectorClock) -> NamedCounters {
    var histories = histories(at: clock)
    return sum(histories.items, arena: histories.arena, context: &histories.context)
  }

  /// What counts in a cut, by item.
  struct Histories {
    var items: [ItemID: [EventRow]]
    var arena: [UInt8]
    var context: FoldContext
    /// The entries that count, in canonical order.
    var entries: [ReferenceLogs.Entry]
    /// Where the logs that are proven to have forked do.
    var forks: [LogID: UInt64]
  }

  func histories(at clock: VectorClock) -> Histories {
    let entries = logs.entries(in: clock)
    let membership = Membership(
      ledger: logs.ledger, genesis: logs.genesis,
      events: entries.map { (address: $0.address, event: $0.event) })
    let counted = firstRepetitions(of: entries.filter { counts($0, membership) }, membership)
    var context = context(of: entries, forks: membership.forks)
    var arena: [UInt8] = []
    var items: [ItemID: [EventRow]] = [:]
    let numbers = logNumbers
    for entry in counted {
      let place = Projector.Place(
        address: entry.address, logNumber: numbers[entry.address.log] ?? 0, stamp: entry.stamp)
      let row = Projector(zone: logs.zone).project(
        entry.event, site: site(of: entry.address.log)
      ).row(at: place, vocabulary: &context.vocabulary, payload: &arena)
      guard row.kind.isFolded else { continue }
      items[Projector.item(of: entry.event, at: entry.address), default: []].append(row)
    }
    voidBatches(of: counted, in: &context)
    context.doubles = doubles(of: entries.filter { counts($0, membership) }, among: counted)
    return Histories(
      items: items, arena: arena, context: context, entries: counted, forks: membership.forks)
  }

  /// Of several events that repeat one entry of a fork's tail only one counts: the first in canonical order, those of
  /// the forked log's successors and of the authority before all others.
  private func firstRepetitions(
    of entries: [ReferenceLogs.Entry], _ membership: Membership
  ) -> [ReferenceLogs.Entry] {
    func repeated(_ entry: ReferenceLogs.Entry) -> TailEntry? {
      entry.event.repeatedEntry?.entry
    }
    func speaks(_ entry: ReferenceLogs.Entry) -> Bool {
      repeated(entry).map { membership.mayRepeat($0.address.log, in: entry.address.log) } ?? false
    }
    var first: [TailEntry: Address] = [:]
    for entry in entries.filter(speaks) + entries {
      guard let tail = repeated(entry), first[tail] == nil else { continue }
      first[tail] = entry.address
    }
    return entries.filter { entry in
      repeated(entry).map { first[$0] == entry.address } ?? true
    }
  }

  /// All other repetitions of what is repeated by an entry that counts.
  private func doubles(
    of entries: [ReferenceLogs.Entry], among counted: [ReferenceLogs.Entry]
  ) -> Doubles {
    var doubles = Doubles()
    let numbers = logNumbers
    func place(_ entry: ReferenceLogs.Entry) -> EventPlace {
      EventPlace(log: numbers[entry.address.log] ?? 0, seq: UInt32(entry.address.seq))
    }
    for first in counted {
      guard let tail = first.event.repeatedEntry?.entry else { continue }
      let others = entries.filter {
        $0.address != first.address && $0.event.repeatedEntry?.entry == tail
      }
      doubles.add(Set(others.map(place)), of: place(first))
    }
    return doubles
  }

  private func counts(_ entry: ReferenceLogs.Entry, _ membership: Membership) -> Bool {
    entry.address.seq <= membership.limit(of: entry.address.log)
  }

  private var logNumbers: [LogID: UInt32] {
    Dictionary(
      uniqueKeysWithValues: logs.logs.keys.sorted().enumerated().map { ($1, UInt32($0)) })
  }

  private func site(of log: LogID) -> String {
    guard case .logStarted(let start) = logs.logs[log]?.first?.event.body else { return "" }
    return start.site
  }

  private func context(
    of entries: [ReferenceLogs.Entry], forks: [LogID: UInt64]
  ) -> FoldContext {
    var causality = Causality()
    for entry in entries {
      guard case .observed = entry.event.body else { continue }
      causality.observe(logs.observed(by: entry, forks: forks), at: entry.address)
    }
    return FoldContext(zone: logs.zone, causality: causality, logs: logs.logs.keys.sorted())
  }

  private func voidBatches(of entries: [ReferenceLogs.Entry], in context: inout FoldContext) {
    for entry in entries {
      let event = entry.event.meaning
      guard case .importVoided = event.body, let batch = ItemID(bytes: event.item)
      else { continue }
      context.voidedBatches.insert(context.vocabulary.intern(batch: batch))
    }
  }

  private func sum(
    _ items: [ItemID: [EventRow]], arena: [UInt8], context: inout FoldContext
  ) -> NamedCounters {
    var counters = NamedCounters()
    for var rows in items.values {
      var sink = ContributionList()
      arena.withUnsafeBytes { payload in
        SubjectFold.fold(&rows, payload: payload, context: &context, into: &sink)
      }
      for contribution in sink.contributions {
        let site = context.vocabulary.labelSets[contribution.labels][Label.site] ?? ""
        counters.add(
          contribution.weight, to: contribution.keptKey(site: 0), site: site,
          vocabulary: context.vocabulary)
      }
    }
    return counters
  }
}
