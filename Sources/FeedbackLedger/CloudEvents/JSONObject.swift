import Foundation
import LedgerCore

/// One object of a line, asked for its members by name and by the type they must have.
///
/// The parser is Foundation's: it keeps whole numbers exact, and where a name occurs twice the last one stands.
struct JSONObject {
  let members: [String: Any]
  /// Where the object stands in the line; empty for the line itself.
  let path: String

  /// Nil when absent; CloudEvents treats a null as absent too.
  subscript(name: String) -> Any? {
    // Not `is NSNull`: that would first make a Foundation object of a whole list or object.
    guard let value = members[name], type(of: value) != NSNull.self else { return nil }
    return value
  }

  func path(to name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }

  func string(_ name: String) throws(CloudEventRefusal) -> String? {
    guard let value = self[name] else { return nil }
    return try Self.string(value, at: path(to: name))
  }

  func object(_ name: String) throws(CloudEventRefusal) -> JSONObject? {
    guard let value = self[name] else { return nil }
    return try JSONObject(value, at: path(to: name))
  }

  /// Empty when absent; at most `CloudEventLimits.entriesMax` elements.
  func list(_ name: String) throws(CloudEventRefusal) -> [(value: Any, path: String)] {
    guard let value = self[name] else { return [] }
    let path = path(to: name)
    guard let list = value as? [Any] else {
      throw .wrongType(path: path, got: JSONText.typeName(of: value), expected: "a list")
    }
    guard list.count <= CloudEventLimits.entriesMax else {
      throw .tooManyEntries(path: path, count: list.count)
    }
    return list.enumerated().map { ($1, "\(path)[\($0)]") }
  }

  func strings(_ name: String) throws(CloudEventRefusal) -> [String] {
    var strings: [String] = []
    for (value, path) in try list(name) {
      strings.append(try Self.string(value, at: path))
    }
    return strings
  }

  /// Refuses members that are not in the list, by name.
  func allow(only names: [String]) throws(CloudEventRefusal) {
    guard !members.keys.allSatisfy(names.contains) else { return }
    let other = members.keys.filter { !names.contains($0) }.min() ?? ""
    throw .unexpected(
      other, at: path, expected: "only the members \(names.sorted().joined(separator: ", "))")
  }

  static func string(_ value: Any, at path: String) throws(CloudEventRefusal) -> String {
    guard let string = value as? String else {
      throw .wrongType(path: path, got: JSONText.typeName(of: value), expected: "a string")
    }
    return string
  }
}

extension JSONObject {
  init(_ value: Any, at path: String) throws(CloudEventRefusal) {
    guard let members = value as? [String: Any] else {
      throw .wrongType(path: path, got: JSONText.typeName(of: value), expected: "an object")
    }
    self.init(members: members, path: path)
  }
}
