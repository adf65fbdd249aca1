public import Crypto

/// A private key with its name. Its description shows the name only.
public struct NoteSigner: Sendable, CustomStringConvertible {
  private let key: Curve25519.Signing.PrivateKey
  /// The public half.
  public let verifier: NoteVerifier

  /// Nil unless the key is an Ed25519 seed of 32 bytes (RFC 8032).
  public init?(name: NoteName, privateKey: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: privateKey) else {
      return nil
    }
    self.init(name: name, key: key)
  }

  /// Takes a key as the cryptographic library holds it.
  public init(name: NoteName, key: Curve25519.Signing.PrivateKey) {
    self.key = key
    verifier = NoteVerifier(name: name, key: key.publicKey)
  }

  /// The name that the key signs under.
  public var name: NoteName { verifier.name }

  /// Signs a text. Two signatures of one text may differ: some platforms sign with fresh
  /// randomness.
  ///
  /// - Throws: `noteTooLong`, `characterNotAllowed`, `textUnterminated`, `signingFailed`.
  public func sign(_ text: [UInt8]) throws(NoteRefusal) -> SignedNote {
    try SignedNote.check(text: text)
    return try SignedNote(text: text, signatures: [signature(for: text)])
  }

  /// Adds this key's signature to a note.
  ///
  /// Verify the note first: who passes on signatures that he has not verified vouches for them.
  ///
  /// - Throws: `noteTooLong`, `signatureCount`, `signingFailed`.
  public func cosign(_ note: SignedNote) throws(NoteRefusal) -> SignedNote {
    try SignedNote(text: note.text, signatures: note.signatures + [signature(for: note.text)])
  }

  /// The name and the key id.
  public var description: String { "\(name) \(verifier.keyID)" }

  private func signature(for text: [UInt8]) throws(NoteRefusal) -> NoteSignature {
    guard let signature = try? key.signature(for: text) else { throw .signingFailed }
    return NoteSignature(name: name, keyID: verifier.keyID, bytes: [UInt8](signature))
  }
}
