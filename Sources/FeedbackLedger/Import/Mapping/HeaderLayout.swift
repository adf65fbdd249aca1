import LedgerCore

/// Which rows of a file are its header, and which of them name the columns.
package struct HeaderLayout: Decodable, Hashable, Sendable {
  /// 1...3.
  package var rows = 1
  /// 1-based. Of two, the first row's text is carried right over empty cells and both are joined by
  /// ` / `.
  package var names = [1]

  private enum Key: String, CodingKey, CaseIterable { case rows, names }

  package init() {}

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    rows = try keys.optional(.rows) ?? 1
    guard (1...ImportLimits.headerRowsMax).contains(rows) else {
      throw keys.refuse("\(rows)", at: .rows, expected: "1 to \(ImportLimits.headerRowsMax)")
    }
    let names: OneOrMore? = try keys.optional(.names)
    self.names = names?.numbers ?? [1]
    guard (1...2).contains(self.names.count), self.names.allSatisfy((1...rows).contains) else {
      throw keys.refuse(
        self.names.map(String.init).joined(separator: ", "), at: .names,
        expected: "one or two row numbers from 1 to \(rows)")
    }
  }

  private struct OneOrMore: Decodable {
    let numbers: [Int]

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      numbers = try (try? value.decode([Int].self)) ?? [value.decode(Int.self)]
    }
  }
}
