/// The way from a node of a tree up to the root, as both verifications walk it.
///
/// A node that is the last of its level and has no sibling moves up unhashed; the walk skips such
/// levels. Every step at least halves both numbers, so there are at most 64, however long a hostile
/// path is.
///
/// Source: RFC 9162 §2.1.3.2 and §2.1.4.2, where `node` is `fn` and `last` is `sn`.
struct MerkleAscent {
  /// Where the next hash of the path stands.
  enum Sibling {
    case left
    case right
  }

  /// The index of the node within its level.
  private var node: UInt64
  /// The index of the last node of that level.
  private var last: UInt64

  init(node: UInt64, last: UInt64) {
    self.node = node
    self.last = last
  }

  /// Whether the root is reached.
  var isAtRoot: Bool { last == 0 }

  /// Moves to the next node that has a sibling, and to its parent. Nil at the root.
  mutating func next() -> Sibling? {
    guard !isAtRoot else { return nil }
    guard node.isMultiple(of: 2), node != last else {
      // Never 0 here: 0 is even, and the last node of a level below the root is not 0.
      climb(by: node.trailingZeroBitCount + 1)
      return .left
    }
    climb(by: 1)
    return .right
  }

  private mutating func climb(by levels: Int) {
    node >>= levels
    last >>= levels
  }
}
