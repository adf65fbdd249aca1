extension MerkleFrontier {
  /// Nil unless the bytes are the hashes of a tree of that size, 32 bytes each.
  public init?(size: UInt64, bytes: [UInt8]) {
    guard bytes.count == size.nonzeroBitCount * Digest256.byteCount else { return nil }
    let starts = stride(from: 0, to: bytes.count, by: Digest256.byteCount)
    self.init(
      size: size,
      hashes: starts.compactMap { Digest256(bytes: bytes[$0..<$0 + Digest256.byteCount]) })
  }

  /// The hashes one after another, 32 bytes each; at most 2 KiB.
  public var bytes: [UInt8] {
    hashes.flatMap(\.bytes)
  }
}
