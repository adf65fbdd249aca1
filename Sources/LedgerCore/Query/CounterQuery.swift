/// Which counters are asked for: of which measures, over which window of occurred time, for whom, split how.
package struct CounterQuery: Hashable, Sendable {
  package var measures: Set<Measure>
  /// Half-open; nil = open. With both open, events of unknown time belong to it too.
  package var from: Instant?
  package var to: Instant?
  package var groupings: [Grouping]
  /// All must hold.
  package var filters: [Label]
  /// The zone of days, weeks, months, and of day-precise claims' windows.
  package var zone: ZoneOffsets
  /// Which of a customer's answers inside one period count; with no period asked for, inside the whole window.
  package var dedupe: Dedupe
  /// The period inside which they are compared, where it is not the one asked for.
  package var window: Grouping?
  package var population: Population

  package init(
    measures: Set<Measure>, from: Instant? = nil, to: Instant? = nil, groupings: [Grouping] = [],
    filters: [Label] = [], zone: ZoneOffsets, dedupe: Dedupe = .all,
    window: Grouping? = nil, population: Population = .scored
  ) {
    self.measures = measures
    self.from = from
    self.to = to
    self.groupings = groupings
    self.filters = filters
    self.zone = zone
    self.dedupe = dedupe
    self.window = window
    self.population = population
  }

  package var isAllTime: Bool { from == nil && to == nil }

  /// The periods asked for; at most one is meant, the finest wins.
  package var period: Grouping? {
    for grouping in [Grouping.day, .week, .month, .quarter, .year]
    where groupings.contains(grouping) {
      return grouping
    }
    return nil
  }

  package var labelKeys: [String] { groupings.compactMap(\.labelKey) }

  /// The window in whole local days; nil when a bound lies inside a day.
  package var days: Range<Int32>? {
    let low = from.map { (zone.day(of: $0), $0) }
    let high = to.map { (zone.day(of: $0), $0) }
    for case let (day, instant)? in [low, high] where zone.start(of: day) != instant { return nil }
    let first = low?.0.number ?? .min + 1
    return first..<max(first, high?.0.number ?? .max)
  }

  /// Whether the counters kept by site and day can answer it, when they are kept in `zone`.
  package func canUseKeptCounters(in zone: ZoneOffsets) -> Bool {
    zone.name == self.zone.name && days != nil && asksSitesOnly && readsAllAnswers
  }

  /// The same question of answers that are compared already.
  package var withoutDedupe: CounterQuery {
    var query = self
    query.dedupe = .all
    return query
  }

  /// Whether every answer counts, as in the kept counters.
  var readsAllAnswers: Bool { dedupe.isSumOverDays && population == .scored }

  /// Whether the site is the only label that it looks at.
  var asksSitesOnly: Bool {
    labelKeys.allSatisfy { $0 == Label.site } && filters.allSatisfy { $0.key == Label.site }
  }
}
