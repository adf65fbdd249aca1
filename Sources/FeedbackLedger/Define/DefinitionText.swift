package import LedgerCore
import Yams

/// Reads the text of a definition, as a file states it or an event fixed it: a flat YAML mapping.
package enum DefinitionText {
  package static func definition(_ text: String) throws(DefinitionRefusal) -> MetricDefinition {
    try MetricDefinition(try fields(text))
  }

  private static func fields(_ text: String) throws(DefinitionRefusal) -> DefinitionFields {
    guard text.utf8.count <= MetricDefinition.Limits.textBytesMax else {
      throw .tooLong(bytes: text.utf8.count, limit: MetricDefinition.Limits.textBytesMax)
    }
    guard case .mapping(let mapping) = try node(text) else {
      throw .notAMapping("its top is no mapping")
    }
    var values: [String: DefinitionFields.Value] = [:]
    for (key, value) in mapping {
      guard let field = key.scalar?.string else { throw .notAMapping("a key is no word") }
      guard values.updateValue(try self.value(value, field), forKey: field) == nil else {
        throw .notAMapping("\(field) is there twice")
      }
    }
    return DefinitionFields(values)
  }

  private static func node(_ text: String) throws(DefinitionRefusal) -> Node? {
    guard !AliasBound.isExceeded(by: text) else {
      throw .notAMapping("its aliases stand for too much")
    }
    do {
      return try Yams.compose(yaml: text)
    } catch {
      throw .notAMapping(line(of: error))
    }
  }

  private static func line(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line): \(problem)"
    case .duplicatedKeysInMapping: "a field is there twice"
    default: "it cannot be read as YAML"
    }
  }

  /// Words as they are written: what is a number, the field decides.
  private static func value(
    _ node: Node, _ field: String
  ) throws(DefinitionRefusal) -> DefinitionFields.Value {
    switch node {
    case .scalar(let scalar): return .word(scalar.string)
    case .sequence(let sequence):
      let words = sequence.compactMap(\.scalar?.string)
      guard words.count == sequence.count else {
        throw .wrongValue(
          field: field, got: "a nested list", expected: "one value or a list of them")
      }
      return .list(words)
    case .mapping:
      throw .wrongValue(field: field, got: "a mapping", expected: "one value or a list of them")
    case .alias:
      throw .wrongValue(field: field, got: "an alias", expected: "one value or a list of them")
    }
  }
}
