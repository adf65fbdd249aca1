/// The id of a log is its key's, so that nobody can begin a log under the id of another one and keep its entries out.
extension LogID {
  /// The first 16 bytes of the SHA-256 of the key, after a sentence of its own.
  ///
  /// `key`: the log's public key, 32 bytes.
  package init(ofKey key: [UInt8]) {
    let digest = Digest256(hashing: Array("scorebook log v1\n".utf8) + key)
    let halves = digest.bytes.prefix(Self.byteCount).reduce(into: (high: UInt64(0), low: UInt64(0)))
    {
      halves, byte in
      halves = (halves.high << 8 | halves.low >> 56, halves.low << 8 | UInt64(byte))
    }
    self.init(high: halves.high, low: halves.low)
  }
}
