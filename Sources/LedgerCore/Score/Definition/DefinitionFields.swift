/// What a definition's text says, field by field, before anything is known to be right.
///
/// Each field that is asked for is ticked off; what is left over in the end has no meaning and is refused: a misspelt
/// `dedup: all` that is passed over would let every customer count twice.
public struct DefinitionFields: Sendable {
  /// A value as YAML has it: a word, or a list of words.
  public enum Value: Hashable, Sendable {
    case word(String)
    case list([String])
  }

  private let values: [String: Value]
  private var unread: Set<String>
  private var known: [String] = []

  /// Each field once.
  public init(_ values: [String: Value]) {
    self.values = values
    unread = Set(values.keys)
  }

  mutating func word(_ field: String) throws(DefinitionRefusal) -> String? {
    known.append(field)
    unread.remove(field)
    switch values[field] {
    case nil: return nil
    case .word(let word): return word
    case .list(let list):
      throw .wrongValue(
        field: field, got: "[\(list.joined(separator: ", "))]", expected: "one value, no list")
    }
  }

  /// A single word is a list of one.
  mutating func list(_ field: String) throws(DefinitionRefusal) -> [String]? {
    known.append(field)
    unread.remove(field)
    switch values[field] {
    case nil: return nil
    case .word(let word): return [word]
    case .list(let list): return list
    }
  }

  mutating func required(_ field: String) throws(DefinitionRefusal) -> String {
    guard let word = try word(field) else { throw .missingField(field) }
    return word
  }

  mutating func integer<Number: FixedWidthInteger>(
    _ field: String, in range: ClosedRange<Number>
  ) throws(DefinitionRefusal) -> Number? {
    guard let word = try word(field) else { return nil }
    guard let number = Number(word), range.contains(number) else {
      throw .wrongValue(
        field: field, got: word,
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// `0..10`.
  mutating func range(_ field: String) throws(DefinitionRefusal) -> ClosedRange<Int32>? {
    guard let word = try word(field) else { return nil }
    let ends = word.split(separator: "..", omittingEmptySubsequences: false).map { Int32($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
      throw .wrongValue(field: field, got: word, expected: "two whole numbers such as 0..10")
    }
    return low...high
  }

  mutating func flag(_ field: String) throws(DefinitionRefusal) -> Bool? {
    guard let word = try word(field) else { return nil }
    switch word {
    case "true": return true
    case "false": return false
    default:  // A word that somebody wrote.
      throw .wrongValue(field: field, got: word, expected: "true or false")
    }
  }

  mutating func choice<Choice>(_ field: String) throws(DefinitionRefusal) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let word = try word(field) else { return nil }
    guard let choice = Choice(rawValue: word) else {
      throw .wrongValue(
        field: field, got: word,
        expected: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// Refuses what nobody has asked for.
  func finish() throws(DefinitionRefusal) {
    guard let field = unread.min() else { return }
    throw .unknownField(field, known: known)
  }
}
