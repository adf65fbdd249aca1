/// Tells the keys of one name apart: the first four bytes of
/// SHA-256(name ‖ 0x0A ‖ type ‖ public key).
/// key).
///
/// Short on purpose: it picks the key, it does not prove anything. Source: c2sp.org/signed-note.
public struct NoteKeyID: Hashable, Sendable, CustomStringConvertible {
  /// The four bytes, most significant first.
  public let value: UInt32

  /// What a key signs and how, as C2SP numbers it.
  public enum SignatureType: UInt8, Sendable {
    /// Ed25519 (RFC 8032) over the note's text.
    case ed25519 = 0x01
  }

  /// Takes an id as a note shows it.
  public init(_ value: UInt32) {
    self.value = value
  }

  /// The id that C2SP recommends for a key.
  public init(name: NoteName, type: SignatureType, publicKey: [UInt8]) {
    let digest = Digest256(hashing: name.bytes + [UInt8(ascii: "\n"), type.rawValue] + publicKey)
    value = UInt32(truncatingIfNeeded: digest.words.0 >> 32)
  }

  /// ``value`` as bytes.
  public var bytes: [UInt8] {
    Array([UInt8](bigEndian: UInt64(value)).suffix(4))
  }

  /// Eight hexadecimal digits.
  public var description: String { bytes.hexadecimal }
}
