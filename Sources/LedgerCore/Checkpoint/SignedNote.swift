/// A text with the signatures of one or more keys. Nothing is verified yet: only ``NoteVerifier``
/// says who signed.
///
/// ```
/// <text, ends in newline>
///
/// — <key name> <base64(key id ‖ signature)>
/// ```
///
/// Source: c2sp.org/signed-note.
public struct SignedNote: Hashable, Sendable, CustomStringConvertible {
  /// What is signed: UTF-8 that ends in a newline.
  public let text: [UInt8]
  /// One to ``NoteLimits/signaturesMax``, in the order of the note.
  public let signatures: [NoteSignature]

  /// Puts a text and its signatures together.
  ///
  /// - Throws: `noteTooLong`, `characterNotAllowed`, `textUnterminated`, `signatureCount`.
  public init(text: [UInt8], signatures: [NoteSignature]) throws(NoteRefusal) {
    try Self.check(text: text)
    guard (1...NoteLimits.signaturesMax).contains(signatures.count) else {
      throw .signatureCount(signatures.count)
    }
    self.text = text
    self.signatures = signatures
    let byteCount = bytes.count
    guard byteCount <= NoteLimits.noteBytesMax else { throw .noteTooLong(bytes: byteCount) }
  }

  /// Parses a note. Never traps, whatever the bytes are. O(bytes).
  ///
  /// - Throws: any ``NoteRefusal`` but those of signing and verifying.
  public init(parsing bytes: [UInt8]) throws(NoteRefusal) {
    guard bytes.count <= NoteLimits.noteBytesMax else { throw .noteTooLong(bytes: bytes.count) }
    guard let separator = Self.lastEmptyLine(in: bytes) else { throw .separatorMissing }
    let lines = bytes[(separator + 1)...].split(
      separator: Self.newline, omittingEmptySubsequences: false)
    // What follows the last newline is a line only if it is not empty, and then it is not
    // terminated.
    guard lines.last?.isEmpty ?? false else { throw .signatureLineMalformed(line: lines.count) }
    guard lines.count - 1 <= NoteLimits.signaturesMax else {
      throw .signatureCount(lines.count - 1)
    }
    var signatures: [NoteSignature] = []
    for line in lines.dropLast() {
      guard let signature = NoteSignature(line: line) else {
        throw .signatureLineMalformed(line: signatures.count + 1)
      }
      signatures.append(signature)
    }
    try self.init(text: Array(bytes[..<separator]), signatures: signatures)
  }

  /// Parses the UTF-8 of the string.
  public init(parsing note: String) throws(NoteRefusal) {
    try self.init(parsing: Array(note.utf8))
  }

  /// The note; parses back to itself.
  public var bytes: [UInt8] {
    signatures.reduce(into: text + [Self.newline]) { note, signature in
      note += signature.line
      note.append(Self.newline)
    }
  }

  /// ``bytes`` as a string.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension SignedNote {
  /// Refuses what cannot be the text of a note. Also before signing: a key must not sign what no
  /// one can open.
  static func check(text: [UInt8]) throws(NoteRefusal) {
    guard text.count <= NoteLimits.noteBytesMax else { throw .noteTooLong(bytes: text.count) }
    guard text.last == newline else { throw .textUnterminated }
    guard text.allSatisfy({ $0 >= 0x20 || $0 == newline }),
      String(validating: text, as: UTF8.self) != nil
    else { throw .characterNotAllowed }
  }

  /// The index of the newline that is the last empty line. The text may hold empty lines, the
  /// signatures may not.
  private static func lastEmptyLine(in bytes: [UInt8]) -> Int? {
    bytes.indices.dropFirst().last { bytes[$0] == newline && bytes[$0 - 1] == newline }
  }

  private static let newline = UInt8(ascii: "\n")
}
