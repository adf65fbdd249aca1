package import Crypto
import Foundation
import RawStructuredFieldValues

/// The signature of a request to a hub: Ed25519 over method, authority, path, query and body, with a nonce of that hub
/// (RFC 9421). A signature over the body alone would be good for ever, and anywhere.
package enum RequestSignature {
  static let field = "signature"
  static let label = "sig"
  static let tag = "ledger-sync-v1"
  /// Signed, in this order; no more and no less.
  package static let covered = ["@method", "@authority", "@path", "@query", ContentDigest.field]

  /// The two fields that sign the request; its digest must be among the head's fields already.
  ///
  /// `created`: seconds since 1970, told and not believed.
  package static func fields(
    for head: RequestHead, key: Curve25519.Signing.PrivateKey, keyID: String, nonce: String,
    created: Int64
  ) throws -> [(name: String, value: String)] {
    let names = covered.map { "\"\($0)\"" }.joined(separator: " ")
    let text =
      "\(label)=(\(names));created=\(created);keyid=\"\(keyID)\";nonce=\"\(nonce)\";tag=\"\(tag)\""
    let input = try SignatureInput(text)
    let signature = try key.signature(for: try input.base(of: head))
    return [
      (SignatureInput.field, text),
      (field, "\(label)=:\(Data(signature).base64EncodedString()):"),
    ]
  }

  /// What a request says of itself, once it is known to be true.
  package struct Verified: Sendable {
    package let keyID: String
    package let nonce: String
    /// The value of `Content-Digest`, to be compared when the body is here.
    package let digest: String
  }

  /// Checks everything but body and nonce.
  ///
  /// `key`: the public key of a key id, where it is known.
  package static func verify(
    _ head: RequestHead, key: (String) -> [UInt8]?
  ) throws(SignatureRefusal) -> Verified {
    let inputs = head.values(of: SignatureInput.field)
    guard inputs.count == 1, head.values(of: field).count == 1 else { throw .unsigned }
    let input = try SignatureInput(inputs[0])
    guard input.components == covered else { throw .missingComponent }
    guard input.strings["tag"] == tag, ["ed25519", nil].contains(input.strings["alg"]),
      Set(input.strings.keys).isSubset(of: ["alg", "keyid", "nonce", "tag"])
    else { throw .algorithm }
    guard let keyID = input.strings["keyid"], let nonce = input.strings["nonce"],
      let digest = head.value(ofComponent: ContentDigest.field)
    else { throw .missingComponent }
    guard let key = key(keyID) else { throw .unknownKey }
    try verify(head, input, key: key)
    return Verified(keyID: keyID, nonce: nonce, digest: digest)
  }

  /// Checks the one signature alone.
  package static func verify(
    _ head: RequestHead, _ input: SignatureInput, key: [UInt8]
  ) throws(SignatureRefusal) {
    let values = head.values(of: field)
    guard values.count == 1 else { throw .unsigned }
    let dictionary = try SignatureInput.dictionary(values[0])
    guard dictionary.count == 1,
      case .item(let item)? = dictionary[input.label],
      case .undecodedByteSequence(let text) = item.rfc9651BareItem,
      let signature = Data(base64Encoded: text),
      let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
    else { throw .malformed }
    guard publicKey.isValidSignature(signature, for: try input.base(of: head)) else {
      throw .badSignature
    }
  }
}
