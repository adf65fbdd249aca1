/// The id of a log is its key's, so that nobody can begin a log under the id of another one and keep its entries out.
extension LogID {
  /// The first 16 bytes of the SHA-256 of the key, after a sentence of its own.
  ///
  /// `key`: the log's public key, 32 bytes.
  package init(ofKey key: [UInt8]) {
    let words = Digest256(hashing: Array("scorebook log v1\n".utf8) + key).words
    self.init(high: words.0, low: words.1)
  }
}
