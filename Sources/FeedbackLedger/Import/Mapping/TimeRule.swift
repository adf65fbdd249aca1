/// Where a time stands in a row and how it is written.
package struct TimeRule: Decodable, Sendable {
  /// Several are joined by a blank, so that a date and a time of day in two columns read as one
  /// text.
  package let columns: [ColumnName]
  /// Read where the columns are empty, in the same format.
  package let fallback: ColumnName?
  package let format: TimeFormat
  /// `format` as the mapping has it.
  package let formatText: String
  /// IANA name; nil only where each time states its offset.
  package let zone: String?
  /// Written before the cell: `2017-05-` where the column holds the day of a known month.
  package let prefix: String
  /// Texts that mean "no time": it has not happened, or is not known.
  package let none: Set<String>
  /// Codes that stand for a date or a time in ISO 8601.
  package let table: [String: String]
  /// In place of columns: one date or time in ISO 8601 for every row.
  package let constant: String?
  /// `day`: the clock part means nothing. Nil: as exact as the format.
  package let precision: Precision?
  package let path: String

  package enum Precision: String, CaseIterable, Sendable { case day, exact }

  private enum Key: String, CodingKey, CaseIterable {
    case column, columns, fallback, format, zone, prefix, none, table, constant, precision
  }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    path = decoder.codingPath.dotted
    let column: ColumnName? = try keys.optional(.column)
    let list: ColumnNames? = try keys.optional(.columns)
    columns = list?.names ?? (column.map { [$0] } ?? [])
    fallback = try keys.optional(.fallback)
    constant = try keys.optional(.constant)
    guard [keys.has(.column), keys.has(.columns), keys.has(.constant)].filter(\.self).count == 1
    else {
      throw ImportRefusal.mapping(
        .kindWrong(expected: "exactly one of column, columns and constant"), at: path)
    }
    table = try keys.table(.table)
    formatText = try keys.optional(.format) ?? "iso8601"
    guard keys.has(.format) || constant != nil || !table.isEmpty else {
      throw ImportRefusal.mapping(.keyMissing("format"), at: path)
    }
    guard let format = TimeFormat(formatText) else {
      throw keys.refuse(formatText, at: .format, expected: TimeFormat.expectation)
    }
    self.format = format
    zone = try keys.optional(.zone)
    if let zone, !ZoneCache.isKnown(zone) {
      throw keys.refuse(zone, at: .zone, expected: "an IANA zone such as Europe/Berlin, or UTC")
    }
    guard zone != nil || format.statesOffset || format == .iso8601 else {
      throw ImportRefusal.mapping(.keyMissing("zone"), at: path)
    }
    prefix = try keys.optional(.prefix) ?? ""
    none = Set(try keys.list(.none))
    precision = try keys.choice(.precision)
    try checkISO8601(keys)
  }

  /// The dates that the mapping itself states.
  private func checkISO8601(_ keys: StrictContainer<Key>) throws {
    for (key, text) in table.map({ (Key.table, $1) }) + (constant.map { [(.constant, $0)] } ?? []) {
      let time = Array(text.utf8).withUnsafeBufferPointer(TimeFormat.iso8601.parse)
      guard let time, !time.hasClock || time.offsetSeconds != nil || zone != nil else {
        throw keys.refuse(
          text, at: key, expected: "a date such as 2017-05-10, or a time and a zone")
      }
    }
  }
}
