import LedgerCore
import Testing

/// The key and the note of the Go reference implementation (golang.org/x/mod/sumdb/note), which
/// C2SP follows.
enum ReferenceNote {
  static let name = "PeterNeumann"
  static let keyID = "c74f20a3"
  static let text = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    """
  static let signatureLine = """
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

    """
  static let note = text + "\n" + signatureLine

  static func verifier() throws -> NoteVerifier {
    let key = try key("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    let name = try #require(NoteName(name))
    return try #require(NoteVerifier(name: name, publicKey: key))
  }

  static func signer() throws -> NoteSigner {
    let key = try key("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
    let name = try #require(NoteName(name))
    return try #require(NoteSigner(name: name, privateKey: key))
  }

  /// The encodings start with the signature type.
  private static func key(_ encoded: String) throws -> [UInt8] {
    let bytes = try #require(Base64.decode(encoded.utf8))
    #expect(bytes.first == NoteKeyID.SignatureType.ed25519.rawValue)
    return Array(bytes.dropFirst())
  }
}
