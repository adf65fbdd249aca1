/// How heavily each attribute of an index weighs, as a definition says: exact thousandths, one for each question.
public struct IndexWeights: Sendable, Hashable {
  /// Ascending by question; empty: what the answers state.
  public let milli: [(question: String, weight: UInt32)]

  /// The answers say it themselves.
  public static let stated = IndexWeights(valid: [])

  /// The greatest weight of one attribute.
  public static let weightMilliMax: UInt32 = 1_000_000_000

  /// Nil for a question that is weighed twice, or a weight of 0 or above the greatest: an attribute that weighs nothing
  /// is left out of `questions`.
  public init?(_ weights: [(question: String, weight: UInt32)]) {
    guard Set(weights.map(\.question)).count == weights.count,
      weights.allSatisfy({ !$0.question.isEmpty && (1...Self.weightMilliMax).contains($0.weight) })
    else { return nil }
    self.init(valid: weights.sorted { $0.question < $1.question })
  }

  private init(valid milli: [(question: String, weight: UInt32)]) {
    self.milli = milli
  }

  /// Whether the weights are those that the answers state.
  public var isOfAnswers: Bool { milli.isEmpty }

  /// In thousandths; nil for a question that is not weighed.
  func weight(of question: String) -> UInt32? {
    milli.first { $0.question == question }?.weight
  }

  /// The same weights of the same questions.
  public static func == (left: Self, right: Self) -> Bool {
    left.milli.elementsEqual(right.milli) { $0 == $1 }
  }

  /// Questions and weights.
  public func hash(into hasher: inout Hasher) {
    for (question, weight) in milli {
      hasher.combine(question)
      hasher.combine(weight)
    }
  }
}

extension IndexWeights {
  /// As a definition's text lists them: `service=0.5`.
  var texts: [String] {
    milli.map { question, weight in
      var digits = String(weight % 1_000 + 1_000).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      return "\(question)=\(weight / 1_000)" + (digits.isEmpty ? "" : ".\(digits)")
    }
  }

  /// The mirror of `texts`.
  init(_ texts: [String]) throws(DefinitionRefusal) {
    var weights: [(question: String, weight: UInt32)] = []
    for text in texts {
      guard let weight = Self.weight(text) else {
        throw .wrongValue(
          field: "weights", got: text,
          expected: "question=weight, with at most three decimals, such as service=0.5")
      }
      weights.append(weight)
    }
    guard let all = IndexWeights(weights) else {
      throw .wrongValue(
        field: "weights", got: texts.joined(separator: ", "),
        expected: "each question once, with a weight above 0 and at most 1000000")
    }
    self = all
  }

  /// Of integers: a weight of 0.1 must be the same number everywhere.
  private static func weight(_ text: String) -> (question: String, weight: UInt32)? {
    guard let mark = text.lastIndex(of: "=") else { return nil }
    let parts = text[text.index(after: mark)...].split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? parts[1] : "0"
    guard (1...3).contains(decimals.count), parts[0].utf8.count <= 7, isDigits(parts[0]),
      isDigits(decimals), let whole = UInt32(parts[0]),
      let thousandths = UInt32(decimals + String(repeating: "0", count: 3 - decimals.count))
    else { return nil }
    return (String(text[..<mark]), whole * 1_000 + thousandths)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
