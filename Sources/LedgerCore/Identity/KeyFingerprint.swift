/// A public key for people to compare: the first 80 bits of its SHA-256, so that nobody makes a second key that looks
/// the same.
package struct KeyFingerprint: Hashable, Sendable {
  /// Five groups of four hexadecimal digits.
  package let text: String

  package init(_ publicKey: [UInt8]) {
    let digits = Array(Digest256(hashing: publicKey).description.prefix(20))
    text = stride(from: 0, to: digits.count, by: 4)
      .map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
  }
}
