/// Adds contributions up as a query asks: filtered, grouped by label values and periods.
///
/// Where a customer's answers are compared, that comes first, over all labels: a filter or a grouping then selects
/// from what is left. So the groups of a score always sum to the whole, and a filter gives the row of its group.
package struct QuerySink: ContributionSink, Sendable {
  package private(set) var counters = CounterTable()
  private let query: CounterQuery
  private let measures: [Bool]
  private let days: Range<Int32>?
  private var groups: GroupNumbers
  /// Of label sets that were made after this sink: a re-attribution inside a cut may make one.
  private var deferred: [Contribution] = []
  private var periods: PeriodNumbers
  /// Of the comparison.
  private var windows: PeriodNumbers
  private let usesOwnZone: Bool
  private let asksRespondents: Bool
  /// By the number of a slot; empty: every question.
  private let wantedSlots: [Bool]
  /// Nil where every answer counts.
  private var latest: LatestAnswers?

  /// `ledgerZone`: the zone that the days of contributions are in.
  /// `takesKept`: only counters that are kept by site and day will be added; then no label set is looked at.
  package init(
    query: CounterQuery, vocabulary: Vocabulary, ledgerZone: ZoneOffsets, takesKept: Bool = false
  ) {
    self.query = query
    var measures = [Bool](repeating: false, count: 256)
    for measure in query.measures { measures[Int(measure.rawValue)] = true }
    self.measures = measures
    days = query.days
    groups = GroupNumbers(query: query, vocabulary: vocabulary, labelSets: !takesKept)
    periods = PeriodNumbers(query.period)
    windows = PeriodNumbers(query.window ?? query.period)
    usesOwnZone = ledgerZone.name != query.zone.name
    asksRespondents = query.dedupe != .all || query.population.completedOnly
    let questions = Set(query.population.questions)
    wantedSlots =
      questions.isEmpty ? [] : vocabulary.slots.values.map { questions.contains($0.question) }
    latest = LatestAnswers(query.dedupe)
  }

  /// Whether an instant, rather than a local day, decides: then rows must come with their times.
  package var needsTimes: Bool { usesOwnZone || days == nil }

  @inline(__always)
  package mutating func begin(_ respondent: @autoclosure () -> Respondent) -> Bool {
    guard asksRespondents else { return true }
    let respondent = respondent()
    if query.population.completedOnly, respondent.isPartial { return false }
    latest?.begin(respondent)
    return true
  }

  @inline(__always)
  package func wants(slot: UInt32) -> Bool {
    wantedSlots.isEmpty || Int(slot) < wantedSlots.count && wantedSlots[Int(slot)]
  }

  @inline(__always)
  package mutating func add(_ contribution: Contribution) {
    guard measures[Int(contribution.measure.rawValue)] else { return }
    if latest != nil, hold(contribution) { return }
    guard let group = groups.number(ofLabelSet: contribution.labels) else {
      deferred.append(contribution)
      return
    }
    guard group != GroupNumbers.excluded else { return }
    guard let day = day(of: contribution) else { return }
    let key = CounterKey(
      measure: contribution.measure, group: group, period: periods.start(ofDay: day),
      bucket: contribution.bucket)
    counters.add(contribution.weight, to: key)
  }

  /// Adds a counter that is kept by site and day.
  @inline(__always)
  package mutating func add(kept key: CounterKey, _ value: Int64) {
    guard measures[Int(key.measure)] else { return }
    let group = groups.number(ofSite: key.group)
    guard group != GroupNumbers.excluded else { return }
    if let days, key.period == EventRow.unknownDay ? !query.isAllTime : !days.contains(key.period) {
      return
    }
    var own = key
    own.group = group
    own.period = periods.start(ofDay: key.period)
    counters.add(value, to: own)
  }

  /// Whether a counter that is kept by site and day belongs to the query.
  @inline(__always)
  package func admits(kept key: CounterKey) -> Bool {
    guard measures[Int(key.measure)], groups.number(ofSite: key.group) != GroupNumbers.excluded
    else { return false }
    guard let days else { return true }
    return key.period == EventRow.unknownDay ? query.isAllTime : days.contains(key.period)
  }

  /// Whether a contribution belongs to the query.
  package func admits(_ contribution: Contribution) -> Bool {
    guard measures[Int(contribution.measure.rawValue)],
      let group = groups.number(ofLabelSet: contribution.labels), group != GroupNumbers.excluded
    else { return false }
    return day(of: contribution) != nil
  }

  /// The first day of the period in which a contribution is compared with others; nil outside the window.
  package func period(of contribution: Contribution) -> Int32? {
    guard let day = day(of: contribution) else { return nil }
    guard let period = query.window ?? query.period else { return 0 }
    if day == EventRow.unknownDay { return day }
    return CivilDay(number: day).start(of: period).number
  }

  /// Hands over the answers that wait to be compared, and waits for none any more.
  package mutating func releaseHeld() -> LatestAnswers? {
    defer { latest = nil }
    return latest
  }

  /// Takes over the answers that another worker of the same query has held, to be compared with these.
  package mutating func take(held: LatestAnswers?) {
    if let held { latest?.take(held) }
  }

  /// Learns the label sets that were made after it.
  package mutating func extend(to vocabulary: Vocabulary) {
    groups.extend(to: vocabulary)
  }

  /// Adds what waited for its label set, or to be compared. Called once, when the folding is done.
  package mutating func finish(vocabulary: Vocabulary) {
    groups.extend(to: vocabulary)
    let kept = latest?.contributions ?? []
    latest = nil
    for contribution in kept { add(contribution) }
    let waiting = deferred
    deferred = []
    for contribution in waiting { add(contribution) }
  }

  /// The label values of each group, by group number; the same for every sink of one query and vocabulary.
  package var groupValues: [[String]] { groups.values }

  /// True when the answer waits to be compared, or lies outside the window.
  private mutating func hold(_ contribution: Contribution) -> Bool {
    guard contribution.measure.isOfAnswers else { return false }
    guard let day = day(of: contribution) else { return true }
    return latest?.hold(contribution, period: windows.start(ofDay: day)) ?? false
  }

  /// The local day in the query's zone; nil outside the window.
  @inline(__always)
  private func day(of contribution: Contribution) -> Int32? {
    if needsTimes { return localDay(of: contribution) }
    guard let days else { return contribution.day }
    let isInside =
      contribution.day == EventRow.unknownDay
      ? query.isAllTime : days.contains(contribution.day)
    return isInside ? contribution.day : nil
  }

  private func localDay(of contribution: Contribution) -> Int32? {
    guard contribution.occurred != EventRow.unknownTime else {
      return query.isAllTime ? EventRow.unknownDay : nil
    }
    if contribution.isDayOnly {
      let day = CivilDay(utcMidnight: contribution.occurred)
      let start = query.zone.start(of: day)
      let isInside =
        (query.from.map { start >= $0 } ?? true) && (query.to.map { start < $0 } ?? true)
      return isInside ? day.number : nil
    }
    let instant = Instant(microseconds: contribution.occurred)
    if let from = query.from, instant < from { return nil }
    if let to = query.to, instant >= to { return nil }
    return query.zone.day(of: instant).number
  }
}

/// The group of each label set and of each site.
private struct GroupNumbers: Sendable {
  static let excluded = UInt32.max
  private var query: CounterQuery
  private(set) var values: [[String]] = []
  private var numbers: [[String]: UInt32] = [:]
  private var ofLabelSet: [UInt32] = []
  private var ofSite: [UInt32] = []

  init(query: CounterQuery, vocabulary: Vocabulary, labelSets: Bool) {
    self.query = query
    extendSites(to: vocabulary)
    if labelSets { extend(to: vocabulary) }
  }

  private mutating func extendSites(to vocabulary: Vocabulary) {
    for site in vocabulary.sites.values.dropFirst(ofSite.count) {
      ofSite.append(number { $0 == Label.site ? site : "" })
    }
  }

  @inline(__always)
  func number(ofLabelSet number: UInt32) -> UInt32? {
    Int(number) < ofLabelSet.count ? ofLabelSet[Int(number)] : nil
  }

  @inline(__always)
  func number(ofSite number: UInt32) -> UInt32 {
    Int(number) < ofSite.count ? ofSite[Int(number)] : Self.excluded
  }

  mutating func extend(to vocabulary: Vocabulary) {
    extendSites(to: vocabulary)
    guard ofLabelSet.count < vocabulary.labelSets.count else { return }
    let fresh = UInt32(ofLabelSet.count)..<UInt32(vocabulary.labelSets.count)
    ofLabelSet.reserveCapacity(vocabulary.labelSets.count)
    if query.asksSitesOnly {
      // Texts are compared once for each site, not once for each of its label sets.
      for set in fresh { ofLabelSet.append(ofSite[Int(vocabulary.site(ofLabelSet: set))]) }
      return
    }
    for number in fresh {
      let set = vocabulary.labelSets[number]
      ofLabelSet.append(self.number { set[$0] ?? "" })
    }
  }

  private mutating func number(value: (String) -> String) -> UInt32 {
    guard query.filters.allSatisfy({ value($0.key) == $0.value }) else { return Self.excluded }
    let group = query.labelKeys.map(value)
    if let number = numbers[group] { return number }
    let number = UInt32(values.count)
    values.append(group)
    numbers[group] = number
    return number
  }
}

/// The first day of each day's period, looked up where days repeat.
private struct PeriodNumbers: Sendable {
  private let grouping: Grouping?
  private var starts: [Int32]
  private static let known = Int32(0)..<40_000

  init(_ grouping: Grouping?) {
    self.grouping = grouping
    starts = grouping == nil ? [] : Array(repeating: .max, count: Self.known.count)
  }

  @inline(__always)
  mutating func start(ofDay day: Int32) -> Int32 {
    guard let grouping else { return 0 }
    guard Self.known.contains(day) else {
      return day == EventRow.unknownDay ? day : CivilDay(number: day).start(of: grouping).number
    }
    let start = starts[Int(day)]
    if start != .max { return start }
    starts[Int(day)] = CivilDay(number: day).start(of: grouping).number
    return starts[Int(day)]
  }
}
