/// A column as a mapping names it: by the text of its header cell. `Name#2` is the second column of
/// that name.
package struct ColumnName: Decodable, Hashable, Sendable {
  package let name: String
  /// The path of the YAML key, for refusals.
  package let path: String

  package init(_ name: String, path: String) {
    self.name = name
    self.path = path
  }

  package init(from decoder: any Decoder) throws {
    name = try decoder.singleValueContainer().decode(String.self)
    path = decoder.codingPath.dotted
    guard !name.isEmpty else {
      throw ImportRefusal.mapping(.valueWrong("", expected: "the name of a column"), at: path)
    }
  }
}

/// One column or a list of them.
struct ColumnNames: Decodable {
  let names: [ColumnName]

  init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var names: [ColumnName] = []
      while !list.isAtEnd { names.append(try list.decode(ColumnName.self)) }
      self.names = names
    } else {
      names = [try ColumnName(from: decoder)]
    }
    guard !names.isEmpty else {
      throw ImportRefusal.mapping(
        .valueWrong("[]", expected: "at least one column"), at: decoder.codingPath.dotted)
    }
  }
}
