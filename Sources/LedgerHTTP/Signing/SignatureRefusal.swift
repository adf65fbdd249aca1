/// Why a request is not believed. Cases are facts; none of them says more than a stranger may know.
package enum SignatureRefusal: String, Error, Hashable, Sendable {
  /// No signature, or more than one.
  case unsigned
  /// The fields are no structured fields, are not in canonical form, or name a label twice.
  case malformed
  /// A component that has to be signed is not, or one is signed that the request does not have.
  case missingComponent
  /// Another algorithm or purpose than this protocol's.
  case algorithm
  /// The hub does not know the key: it has to be presented first.
  case unknownKey
  case badSignature
  /// The nonce is not this hub's, is too old, or was used.
  case badNonce
  /// The body is not the one that was signed for.
  case badDigest
}
