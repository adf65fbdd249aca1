import Crypto

/// Checks Ed25519 signatures. Total: a key or signature of the wrong length is a refusal, not an error.
package enum Signature {
  package static func isValid(_ signature: [UInt8], of message: [UInt8], key: [UInt8]) -> Bool {
    guard let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else {
      return false
    }
    return publicKey.isValidSignature(signature, for: message)
  }
}
