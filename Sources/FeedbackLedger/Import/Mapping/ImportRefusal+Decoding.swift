import Yams

extension ImportRefusal {
  /// The refusal behind what the YAML decoder threw.
  init(decoding error: any Error) {
    switch error {
    case let refusal as ImportRefusal: self = refusal
    case let error as DecodingError: self.init(error)
    case let error as YamlError: self.init(error)
    default: self = .mapping(.notYAML(problem: "it cannot be read", line: nil), at: "")
    }
  }

  private init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self = .mapping(.keyMissing(key.stringValue), at: context.codingPath.dotted)
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      self = .mapping(.kindWrong(expected: Self.words(for: type)), at: context.codingPath.dotted)
    case .dataCorrupted(let context):
      if let cause = context.underlyingError {
        self.init(decoding: cause)
      } else {
        self = .mapping(.kindWrong(expected: "another value"), at: context.codingPath.dotted)
      }
    @unknown default: self = .mapping(.notYAML(problem: "it cannot be read", line: nil), at: "")
    }
  }

  private init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self = .mapping(.notYAML(problem: problem, line: mark.line), at: "")
    case .duplicatedKeysInMapping(let duplicates, _):
      let keys = duplicates.joined(separator: ", ")
      self = .mapping(.notYAML(problem: "keys stand twice: \(keys)", line: nil), at: "")
    default: self = .mapping(.notYAML(problem: "it cannot be read", line: nil), at: "")
    }
  }

  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is Node.Mapping.Type, is any KeyedByText.Type: "keys with values"
    case is Node.Sequence.Type: "a list"
    case is Int.Type: "a whole number"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    default: "a single value"
    }
  }
}

/// Tables of the mapping, whatever their values are.
private protocol KeyedByText {}

extension Dictionary: KeyedByText where Key == String {}
