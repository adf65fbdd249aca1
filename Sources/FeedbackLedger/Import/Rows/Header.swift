/// The columns of one file, by name.
struct Header {
  let names: [String]
  private let places: [String: [Int]]

  /// Takes as many rows as the layout says.
  init(_ rows: [DelimitedRow], layout: HeaderLayout) {
    let texts = layout.names.map { number in Self.texts(of: rows[number - 1]) }
    names = texts.count == 1 ? texts[0] : Self.joined(texts[0], texts[1])
    places = Dictionary(grouping: names.indices) { [names] in names[$0] }
  }

  /// - Throws: A refusal that names the nearest column, if one is near.
  func index(of column: ColumnName) throws(ImportRefusal) -> Int {
    if let index = try place(named: column.name, of: column) { return index }
    if let mark = column.name.lastIndex(of: "#"),
      let ordinal = Int(column.name[column.name.index(after: mark)...]),
      let indexes = places[String(column.name[..<mark])], indexes.indices.contains(ordinal - 1)
    {
      return indexes[ordinal - 1]
    }
    throw .header(.columnMissing(column.name, nearest: nearest(to: column.name)), at: column.path)
  }

  /// The columns whose whole names a pattern matches, and what is to stand for `$0` and `$1`.
  func matches(of pattern: String, at path: String) throws(ImportRefusal) -> [(Int, [Substring])] {
    guard let regex = try? Regex(pattern) else {
      throw .mapping(.valueWrong(pattern, expected: "a regular expression"), at: path)
    }
    let matches = names.indices.compactMap { index -> (Int, [Substring])? in
      guard let match = names[index].wholeMatch(of: regex) else { return nil }
      return (index, match.output.map { $0.substring ?? "" })
    }
    guard !matches.isEmpty else { throw .header(.nothingMatches(pattern: pattern), at: path) }
    return matches
  }

  private func place(named name: String, of column: ColumnName) throws(ImportRefusal) -> Int? {
    guard let indexes = places[Self.collapsed(name)] else { return nil }
    guard indexes.count == 1 else {
      throw .header(.columnRepeated(name, times: indexes.count), at: column.path)
    }
    return indexes[0]
  }

  private func nearest(to name: String) -> String? {
    let letters = Self.letters(of: name)
    return names.first { !$0.isEmpty && Self.letters(of: $0) == letters }
      ?? names.first { !letters.isEmpty && Self.letters(of: $0).contains(letters) }
  }

  private static func letters(of name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private static func texts(of row: DelimitedRow) -> [String] {
    (0..<row.count).map { collapsed(row.text($0)) }
  }

  /// Question texts run over several lines, and some exports pad names with blanks.
  private static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func joined(_ first: [String], _ second: [String]) -> [String] {
    var carried = ""
    return (0..<max(first.count, second.count)).map { index in
      let upper = index < first.count ? first[index] : ""
      let lower = index < second.count ? second[index] : ""
      if !upper.isEmpty { carried = upper }
      return lower.isEmpty ? upper : "\(carried) / \(lower)"
    }
  }
}
