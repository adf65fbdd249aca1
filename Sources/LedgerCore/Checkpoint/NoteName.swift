/// The name of a note's key, and the origin of a checkpoint: not empty, no Unicode space, no `+`,
/// no control character.
///
/// Compared byte by byte: Swift strings that differ in bytes may be equal, and what is signed are
/// bytes.
///
/// Source: c2sp.org/signed-note. For an origin, c2sp.org/tlog-checkpoint only recommends it.
public struct NoteName: Hashable, Sendable, CustomStringConvertible {
  /// UTF-8.
  public let bytes: [UInt8]

  /// Nil unless the text is a name.
  public init?(_ text: some StringProtocol) {
    let isName = text.unicodeScalars.allSatisfy { scalar in
      // Of ASCII only the space is left; Unicode's tables are asked about the rest.
      scalar.value >= 0x20 && scalar != "+" && scalar != " "
        && (scalar.isASCII || !scalar.properties.isWhitespace)
    }
    guard isName, !text.isEmpty else { return nil }
    bytes = Array(text.utf8)
  }

  /// Nil unless the bytes are the UTF-8 of a name.
  public init?(bytes: some Sequence<UInt8>) {
    guard let text = String(validating: Array(bytes), as: UTF8.self) else { return nil }
    self.init(text)
  }

  /// For names that are made here, not read. Traps unless the text is a name.
  init(trusting text: String) {
    guard let name = NoteName(text) else { preconditionFailure("\(text) is not a name.") }
    self = name
  }

  /// The name as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
