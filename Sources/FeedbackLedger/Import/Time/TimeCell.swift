import LedgerCore

/// Reads a time from a row, by a ``TimeRule``.
struct TimeCell {
  /// The columns' names, for reasons.
  let name: String
  private let rule: TimeRule
  private let indexes: [Int]
  private let fallback: Int?
  private let zone: ZoneOffsets?
  private let table: [String: Moment]
  private let constant: Moment?

  init(_ rule: TimeRule, _ binder: inout Binder) throws(ImportRefusal) {
    self.rule = rule
    name = rule.columns.map(\.name).joined(separator: " ")
    var indexes: [Int] = []
    for column in rule.columns { indexes.append(try binder.index(of: column)) }
    self.indexes = indexes
    fallback = if let column = rule.fallback { try binder.index(of: column) } else { nil }
    let zone = rule.zone.flatMap { binder.zones.zone($0) }
    self.zone = zone
    // The rule has checked that these texts are times.
    constant = rule.constant.flatMap { try? Self.stated($0, zone: zone) }
    table = rule.table.compactMapValues { try? Self.stated($0, zone: zone) }
  }

  /// `.none` where the cell is empty or says so.
  func readOptional(_ row: DelimitedRow) throws(Reason) -> Moment {
    if let constant { return constant }
    let isEmpty = indexes.allSatisfy(row.isEmpty)
    let indexes = if isEmpty, let fallback { [fallback] } else { indexes }
    if indexes.count == 1, rule.prefix.isEmpty, rule.none.isEmpty, table.isEmpty {
      return try read(row, at: indexes[0])
    }
    let text = indexes.map(row.code).filter { !$0.isEmpty }.joined(separator: " ")
    if text.isEmpty || rule.none.contains(text) { return .none }
    if let moment = table[text] { return moment }
    return try moment((rule.prefix + text).withParsedTime(rule.format))
  }

  /// As above, but an empty cell must be listed as "no time" to count as one.
  func read(_ row: DelimitedRow) throws(Reason) -> Moment {
    let moment = try readOptional(row)
    if moment != .none || rule.none.contains("") { return moment }
    if (indexes + (fallback.map { [$0] } ?? [])).allSatisfy(row.isEmpty) {
      throw .time(.missing, column: name)
    }
    return moment
  }

  /// The way of nearly all cells: no string is made.
  private func read(_ row: DelimitedRow, at index: Int) throws(Reason) -> Moment {
    if row.isEmpty(index) { return .none }
    return try moment(row.withCode(of: index, rule.format.parse))
  }

  private func moment(_ time: LocalTime?) throws(Reason) -> Moment {
    guard let time else { throw .time(.unreadable(format: rule.formatText), column: name) }
    guard let moment = Self.moment(time, zone: zone, precision: rule.precision) else {
      throw .time(.withoutOffset, column: name)
    }
    guard let microseconds = moment.microseconds,
      Instant.accepted.contains(Instant(microseconds: microseconds))
    else { throw .time(.outOfRange, column: name) }
    return moment
  }

  /// Nil where neither the time nor the mapping says where its clock stands.
  private static func moment(
    _ time: LocalTime, zone: ZoneOffsets?, precision: TimeRule.Precision?
  ) -> Moment? {
    guard time.hasClock, precision != .day else { return .day(time.day) }
    let local = time.day.utcMidnight + time.sinceMidnight
    if let offset = time.offsetSeconds {
      let instant = Instant(microseconds: local - Int64(offset) * 1_000_000)
      return .exact(instant, isShifted: false)
    }
    guard let zone else { return nil }
    let (instant, isShifted) = zone.instant(local: local)
    return .exact(instant, isShifted: isShifted)
  }

  private static func stated(_ text: String, zone: ZoneOffsets?) throws(Reason) -> Moment {
    guard let time = text.withParsedTime(.iso8601),
      let moment = moment(time, zone: zone, precision: nil)
    else { throw .time(.unreadable(format: "iso8601"), column: "") }
    return moment
  }
}

extension String {
  fileprivate func withParsedTime(_ format: TimeFormat) -> LocalTime? {
    Array(utf8).withUnsafeBufferPointer(format.parse)
  }
}
