import Crypto

/// A key that one trusts, under the name that one knows it by.
public struct NoteVerifier: Hashable, Sendable {
  /// The name that the key signs under.
  public let name: NoteName
  /// Ed25519, 32 bytes (RFC 8032).
  public let publicKey: [UInt8]
  /// The id that the key signs under.
  public let keyID: NoteKeyID

  /// Nil unless the key has 32 bytes. Whether it is a point of the curve shows only when it
  /// verifies nothing.
  public init?(name: NoteName, publicKey: [UInt8]) {
    guard publicKey.count == Self.keyByteCount else { return nil }
    self.name = name
    self.publicKey = publicKey
    keyID = NoteKeyID(name: name, type: .ed25519, publicKey: publicKey)
  }

  init(name: NoteName, key: Curve25519.Signing.PublicKey) {
    self.name = name
    publicKey = [UInt8](key.rawRepresentation)
    keyID = NoteKeyID(name: name, type: .ed25519, publicKey: publicKey)
  }

  /// Checks that the key signed the note. Signatures of other keys are ignored, as C2SP asks: so
  /// keys can be rotated and witnesses added.
  ///
  /// A name and key id that come twice must hold twice: a note with a wrong signature of a known
  /// key is refused whole. Costs one Ed25519 verification for each of them, at most
  /// ``NoteLimits/signaturesMax``.
  ///
  /// - Throws: ``NoteRefusal/signatureMissing(name:keyID:)``,
  ///   ``NoteRefusal/signatureWrong(name:keyID:)``.
  public func verify(_ note: SignedNote) throws(NoteRefusal) {
    let signatures = note.signatures.filter { $0.name == name && $0.keyID == keyID }
    guard !signatures.isEmpty else { throw .signatureMissing(name: name, keyID: keyID) }
    guard signatures.allSatisfy({ isValid($0.bytes, for: note.text) }) else {
      throw .signatureWrong(name: name, keyID: keyID)
    }
  }

  private func isValid(_ signature: [UInt8], for text: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: text)
  }

  private static let keyByteCount = 32
}
