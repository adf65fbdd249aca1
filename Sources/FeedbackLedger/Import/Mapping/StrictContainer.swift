/// The keys of one YAML mapping, where a key that has no meaning is refused: a misspelt `noAnwser`
/// that is silently passed over would turn every "not applicable" into an answer.
struct StrictContainer<Key: CodingKey & CaseIterable> {
  private let keys: KeyedDecodingContainer<Key>

  init(_ decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: AnyKey.self)
    for key in all.allKeys where Key(stringValue: key.stringValue) == nil {
      throw ImportRefusal.mapping(
        .keyUnknown(key.stringValue, known: Key.allCases.map(\.stringValue)),
        at: decoder.codingPath.dotted)
    }
    keys = try decoder.container(keyedBy: Key.self)
  }

  /// The path of a key, for refusals.
  func path(_ key: Key) -> String { (keys.codingPath + [key]).dotted }

  func has(_ key: Key) -> Bool { keys.contains(key) }

  func required<Value: Decodable>(_ key: Key) throws -> Value {
    guard let value: Value = try optional(key) else {
      throw ImportRefusal.mapping(.keyMissing(key.stringValue), at: keys.codingPath.dotted)
    }
    return value
  }

  func optional<Value: Decodable>(_ key: Key) throws -> Value? {
    has(key) ? try keys.decode(Value.self, forKey: key) : nil
  }

  func list<Value: Decodable>(_ key: Key) throws -> [Value] {
    try optional(key) ?? []
  }

  func table<Value: Decodable>(_ key: Key) throws -> [String: Value] {
    try optional(key) ?? [:]
  }

  /// One of the words of an enumeration.
  func choice<Choice>(_ key: Key) throws -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let word: String = try optional(key) else { return nil }
    return try Self.choice(word, at: path(key))
  }

  /// A table whose values are words of an enumeration.
  func choices<Choice>(_ key: Key) throws -> [String: Choice]
  where Choice: RawRepresentable<String> & CaseIterable {
    let words: [String: String] = try table(key)
    return try Dictionary(
      uniqueKeysWithValues: words.map { code, word in
        (code, try Self.choice(word, at: path(key) + "." + code))
      })
  }

  func refuse(_ value: String, at key: Key, expected: String) -> ImportRefusal {
    .mapping(.valueWrong(value, expected: expected), at: path(key))
  }

  private static func choice<Choice>(_ word: String, at path: String) throws -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let choice = Choice(rawValue: word) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw ImportRefusal.mapping(.valueWrong(word, expected: "one of \(words)"), at: path)
    }
    return choice
  }
}

/// A key of any name.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}

extension [any CodingKey] {
  /// `survey.questions[2].scale`, positions counted from 0 as YAML tools do.
  var dotted: String {
    reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
  }
}
