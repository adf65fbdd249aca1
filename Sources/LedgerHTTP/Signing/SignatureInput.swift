import RawStructuredFieldValues

/// One signature's covered components and parameters: a member of `Signature-Input` (RFC 9421 §4.1).
package struct SignatureInput: Hashable, Sendable {
  package var label: String
  package var components: [String]
  /// Everything after `label=`, exactly as it is signed.
  package let text: String
  package private(set) var strings: [String: String] = [:]
  package private(set) var created: Int64?

  package static let field = "signature-input"

  /// Reads the field.
  ///
  /// - Throws: `SignatureRefusal` for another number of signatures than one, and for whatever is not in canonical form:
  /// a   label or parameter that stands there twice is not.
  package init(_ value: String) throws(SignatureRefusal) {
    let (label, list) = try Self.member(of: value)
    self.label = label
    components = []
    for item in list.bareInnerList {
      guard case .string(let name) = item.rfc9651BareItem, item.rfc9651Parameters.isEmpty else {
        throw .malformed
      }
      components.append(name)
    }
    guard Set(components).count == components.count else { throw .malformed }
    text = String(value.dropFirst(label.count + 1))
    for (name, item) in list.rfc9651Parameters {
      switch item {
      case .integer(let number) where name == "created": created = Int64(number)
      case .string(let string): strings[name] = string
      default: throw .malformed
      }
    }
  }

  private static func member(
    of value: String
  ) throws(SignatureRefusal) -> (String, InnerList) {
    let dictionary = try dictionary(value)
    guard dictionary.count == 1, let (label, member) = dictionary.first(where: { _ in true }),
      case .innerList(let list) = member
    else { throw .unsigned }
    return (label, list)
  }

  /// A structured dictionary in the one form that its writer would give it.
  static func dictionary(
    _ value: String
  ) throws(SignatureRefusal) -> OrderedMap<String, ItemOrInnerList> {
    var parser = StructuredFieldValueParser(Array(value.utf8))
    var serializer = StructuredFieldValueSerializer()
    guard let dictionary = try? parser.parseDictionaryFieldValue(),
      let canonical = try? serializer.writeDictionaryFieldValue(dictionary),
      canonical == Array(value.utf8)
    else { throw .malformed }
    return dictionary
  }

  /// What is signed (RFC 9421 §2.5).
  ///
  /// - Throws: `SignatureRefusal.missingComponent` for a component that the request does not have.
  package func base(of head: RequestHead) throws(SignatureRefusal) -> [UInt8] {
    var lines: [String] = []
    for component in components {
      guard let value = head.value(ofComponent: component) else { throw .missingComponent }
      lines.append("\"\(component)\": \(value)")
    }
    lines.append("\"@signature-params\": \(text)")
    return Array(lines.joined(separator: "\n").utf8)
  }
}
