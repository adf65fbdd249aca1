import Foundation
import LedgerCore

/// JSON being written, in the order in which it is told. Foundation's writer sorts by name or not at all, and a
/// line has an order of its own.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `{` or `[`, after a comma where one is due.
  mutating func open(_ bracket: Character) {
    separate()
    bytes += Array(bracket.utf8)
  }

  mutating func close(_ bracket: Character) {
    bytes += Array(bracket.utf8)
  }

  mutating func name(_ name: String) {
    value(name)
    bytes.append(UInt8(ascii: ":"))
  }

  mutating func member(_ name: String, _ value: String) {
    self.name(name)
    self.value(value)
  }

  /// Nothing at all when the value is nil.
  mutating func member(_ name: String, ifPresent value: String?) {
    if let value { member(name, value) }
  }

  mutating func member(_ name: String, _ strings: [String]) {
    self.name(name)
    list(strings)
  }

  mutating func list(_ strings: [String]) {
    open("[")
    for string in strings { value(string) }
    close("]")
  }

  mutating func value(_ string: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    if string.utf8.contains(where: Self.needsEscape) {
      for byte in string.utf8 {
        append(escaped: byte)
      }
    } else {
      bytes.append(contentsOf: string.utf8)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A value that is JSON already.
  mutating func value(json: some Sequence<UInt8>) {
    separate()
    bytes += json
  }

  /// A value or a name follows: a comma is due unless it is the first of its object or list, or a member's value.
  private mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
    default: bytes.append(UInt8(ascii: ","))
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
    case 0..<0x20: bytes += Array("\\u00".utf8) + Array([byte].hexadecimal.utf8)
    default: bytes.append(byte)
    }
  }
}

extension JSONText {
  /// What a refusal calls the type of a parsed value.
  static func typeName(of value: Any) -> String {
    switch value {
    case is String: "a string"
    case is [Any]: "a list"
    case is [String: Any]: "an object"
    case let number as NSNumber: isBoolean(number) ? "a boolean" : "a number"
    case is NSNull: "null"
    default: "something else"
    }
  }

  /// A parsed value, written again. Whole numbers come out digit for digit; a refusal names the path as given.
  mutating func value(parsed value: Any, at path: String) throws(CloudEventRefusal) {
    switch value {
    case let string as String: self.value(string)
    case let members as [String: Any]:
      open("{")
      for (name, member) in members {
        self.name(name)
        try self.value(parsed: member, at: path)
      }
      close("}")
    case let list as [Any]:
      open("[")
      for element in list {
        try self.value(parsed: element, at: path)
      }
      close("]")
    case let number as NSNumber: self.value(json: try Self.digits(of: number, at: path).utf8)
    default: self.value(json: "null".utf8)
    }
  }

  private static func digits(of number: NSNumber, at path: String) throws(CloudEventRefusal)
    -> String
  {
    if isBoolean(number) { return number.boolValue ? "true" : "false" }
    let isFraction = number.objCType.pointee == CChar(UInt8(ascii: "d"))
    guard !isFraction || number.doubleValue.magnitude < 9_007_199_254_740_992 else {
      throw .inexactNumber(path: path)
    }
    return number.stringValue
  }

  /// Foundation keeps a boolean as a number; only its C type tells them apart.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    number.objCType.pointee == CChar(UInt8(ascii: "c"))
  }
}
