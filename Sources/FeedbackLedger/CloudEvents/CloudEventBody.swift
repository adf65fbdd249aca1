package import LedgerCore
package import LedgerSchema
import SwiftProtobuf

/// The body of an event in the JSON of protocol buffers.
///
/// A body is read and written as the one member of an otherwise empty `Event`, whose name for it is the kind's: so
/// no table of message types is needed, and a kind that the schema gains works here at once.
package enum CloudEventBody {
  /// `{"survey":"visit","answers":[…]}`; fields with their default value are left out.
  package static func json(_ body: Scorebook_V1_Event.OneOf_Body) throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.body = body
    let wrapped: [UInt8] = try event.jsonUTF8Bytes()
    guard let colon = wrapped.firstIndex(of: UInt8(ascii: ":")) else { return Array("{}".utf8) }
    return Array(wrapped[(colon + 1)...].dropLast())
  }

  /// - Throws: `.unknownMember` with the name of a field that the kind does not have, at any depth; `.body` with the
  ///   path of the first field whose value does not fit.
  static func body(
    of kind: EventKind, _ data: JSONObject, leavingOut names: Set<String>
  ) throws(CloudEventRefusal) -> Scorebook_V1_Event.OneOf_Body {
    var text = JSONText()
    text.open("{")
    for (name, value) in data.members where !names.contains(name) {
      text.name(name)
      try text.value(parsed: value, at: data.path(to: name))
    }
    text.close("}")
    do {
      return try body(of: kind, json: text.bytes)
    } catch JSONDecodingError.unknownField(let name) {
      throw .unknownMember(path: path(ofMember: name, in: data), in: kind)
    } catch {
      throw .body(
        path: path(ofUnfitIn: data, of: kind, leavingOut: names), reason: reason(error), kind: kind)
    }
  }

  /// - Throws: SwiftProtobuf's own errors.
  package static func body(
    of kind: EventKind, json: [UInt8]
  ) throws -> Scorebook_V1_Event.OneOf_Body {
    var wrapped = Array("{\"".utf8)
    wrapped += kind.rawValue.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    wrapped += Array("\":".utf8)
    wrapped += json
    wrapped.append(UInt8(ascii: "}"))
    guard let body = try Scorebook_V1_Event(jsonUTF8Bytes: wrapped).body else {
      throw JSONDecodingError.illegalNull
    }
    return body
  }

  /// The parser says what does not fit, but not where: so each field is tried alone. Runs for refused lines only.
  private static func path(
    ofUnfitIn fields: JSONObject, of kind: EventKind, leavingOut names: Set<String>
  ) -> String {
    let unfit = fields.members.keys.sorted().first { name in
      guard !names.contains(name), let value = fields[name] else { return false }
      var text = JSONText()
      guard (try? text.value(parsed: [name: value], at: "")) != nil else { return true }
      return (try? body(of: kind, json: text.bytes)) == nil
    }
    return unfit.map { fields.path(to: $0) } ?? fields.path
  }

  private static func path(ofMember name: String, in fields: JSONObject) -> String {
    let shown = String(name.prefix(CloudEventLimits.echoedCharactersMax))
    return fields.members[name] == nil ? "\(fields.path). … .\(shown)" : fields.path(to: shown)
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? JSONDecodingError {
    case .numberRange: "a number is out of range or not whole"
    case .malformedNumber: "a whole number was expected"
    case .malformedBool: "true or false was expected"
    case .malformedString: "a string was expected, for bytes in base64"
    case .unrecognizedEnumValue: "a value is not in its closed list"
    case .illegalNull: "null is not allowed there"
    case .conflictingOneOf: "only one of its alternatives may be given"
    case .schemaMismatch: "another type was expected"
    case .messageDepthLimit: "it is nested too deep"
    default: "it cannot be read"
    }
  }
}
