import Crypto

/// The hashes of a log's tree. Leaf i is the entry with seq i + 1.
///
/// Leaves and inner nodes start with different bytes; otherwise an inner node could be passed off
/// as an entry (second preimage). The tree of n > 1 leaves splits at the largest power of two below
/// n, so that the left part never changes when the log grows.
///
/// Source: RFC 9162 §2.1.1.
public enum MerkleTree {
  /// A source of the roots of complete subtrees: `index` counts the subtrees of 2^`level` leaves
  /// from the left.
  ///
  /// A source that keeps no small subtrees gets their root by appending the leaves to a
  /// ``MerkleFrontier``.
  public typealias NodeSource = (_ level: Int, _ index: UInt64) throws -> Digest256

  /// The root of the tree without leaves: SHA-256 of nothing.
  public static let emptyRoot = Digest256(SHA256.hash(data: [] as [UInt8]))

  /// SHA-256(0x00 ‖ entry). Runs for every event.
  public static func leafHash(_ entry: [UInt8]) -> Digest256 {
    entry.withUnsafeBytes { leafHash($0) }
  }

  /// SHA-256(0x00 ‖ entry), without a copy of the entry.
  public static func leafHash(_ entry: UnsafeRawBufferPointer) -> Digest256 {
    var hasher = SHA256()
    withUnsafeBytes(of: leafPrefix) { hasher.update(bufferPointer: $0) }
    hasher.update(bufferPointer: entry)
    return Digest256(hasher.finalize())
  }

  /// SHA-256(0x01 ‖ left ‖ right). Runs once for every event, amortised.
  public static func nodeHash(_ left: Digest256, _ right: Digest256) -> Digest256 {
    withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest256.byteCount, alignment: 1) { buffer in
      buffer.storeBytes(of: nodePrefix, as: UInt8.self)
      left.store(in: buffer, at: 1)
      right.store(in: buffer, at: 1 + Digest256.byteCount)
      var hasher = SHA256()
      hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
      return Digest256(hasher.finalize())
    }
  }

  /// The root of the tree of the first `size` leaves, from its complete subtrees. O(log size) calls
  /// of `node`.
  ///
  /// - Throws: What `node` throws.
  public static func root(size: UInt64, node: NodeSource) throws -> Digest256 {
    fold(try edge(of: 0..<size, node: node))
  }

  private static let leafPrefix: UInt8 = 0x00
  private static let nodePrefix: UInt8 = 0x01
}

extension MerkleTree {
  /// The roots of the complete subtrees that make up the leaves, from left to right, that is from
  /// large to small.
  ///
  /// - Precondition: `leaves` starts at a multiple of a power of two that is not below its length:
  ///   only such ranges are nodes of a tree.
  static func edge(of leaves: Range<UInt64>, node: NodeSource) throws -> [Digest256] {
    var hashes: [Digest256] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
      let level = UInt64.bitWidth - 1 - (leaves.upperBound - start).leadingZeroBitCount
      hashes.append(try node(level, start >> level))
      start += 1 << level
    }
    return hashes
  }

  /// The root over an edge. The smallest subtrees join first.
  static func fold(_ edge: [Digest256]) -> Digest256 {
    guard var root = edge.last else { return emptyRoot }
    for left in edge.dropLast().reversed() {
      root = nodeHash(left, root)
    }
    return root
  }

  /// Where a node over `width` leaves splits: the largest power of two below `width`, which is 2 or
  /// more.
  static func split(_ width: UInt64) -> UInt64 {
    1 << (UInt64.bitWidth - 1 - (width - 1).leadingZeroBitCount)
  }
}

extension Digest256 {
  /// Writes the 32 bytes at the offset.
  fileprivate func store(in buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
    buffer.storeBytes(of: words.0.bigEndian, toByteOffset: offset, as: UInt64.self)
    buffer.storeBytes(of: words.1.bigEndian, toByteOffset: offset + 8, as: UInt64.self)
    buffer.storeBytes(of: words.2.bigEndian, toByteOffset: offset + 16, as: UInt64.self)
    buffer.storeBytes(of: words.3.bigEndian, toByteOffset: offset + 24, as: UInt64.self)
  }
}
