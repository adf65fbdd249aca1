import LedgerCore

/// RFC 9162 §2.1 word by word: recursive, slow, and sharing no code with what is tested but
/// SHA-256.
struct NaiveTree {
  let leaves: [Digest256]
  /// The root of every node of every tree of the first leaves: the tests ask for each many times.
  private var roots: [Range<Int>: Digest256] = [:]

  init(entries: [[UInt8]]) {
    leaves = entries.map { Digest256(hashing: [0x00] + $0) }
    for size in 0...leaves.count { fill(0..<size) }
  }

  /// `size` entries of two bytes each, all different.
  init(size: Int) {
    self.init(entries: (0..<size).map { [UInt8($0 >> 8), UInt8($0 & 255)] })
  }

  /// MTH(D[range]). Traps unless the range is a node of a tree.
  func root(_ range: Range<Int>) -> Digest256 {
    guard let root = roots[range] else { preconditionFailure("\(range) is not a node.") }
    return root
  }

  /// PATH(leaf, D[range]), `leaf` counted from the start of the range.
  func path(_ leaf: Int, _ range: Range<Int>) -> [Digest256] {
    guard range.count > 1 else { return [] }
    let (left, right) = Self.split(range)
    return leaf < left.count
      ? path(leaf, left) + [root(right)] : path(leaf - left.count, right) + [root(left)]
  }

  /// SUBPROOF(size, D[range], isComplete).
  func proof(_ size: Int, _ range: Range<Int>, isComplete: Bool = true) -> [Digest256] {
    guard size != range.count else { return isComplete ? [] : [root(range)] }
    let (left, right) = Self.split(range)
    return size <= left.count
      ? proof(size, left, isComplete: isComplete) + [root(right)]
      : proof(size - left.count, right, isComplete: false) + [root(left)]
  }

  /// Whether the sibling stands on the left, from the leaf up.
  static func sides(_ leaf: Int, size: Int) -> [Bool] {
    guard size > 1 else { return [] }
    let (left, right) = split(0..<size)
    return leaf < left.count
      ? sides(leaf, size: left.count) + [false]
      : sides(leaf - left.count, size: right.count) + [true]
  }

  /// The root of a complete subtree.
  func node(level: Int, index: UInt64) -> Digest256 {
    let start = Int(index) << level
    return root(start..<start + 1 << level)
  }

  private mutating func fill(_ range: Range<Int>) {
    guard roots[range] == nil else { return }
    switch range.count {
    case 0: roots[range] = Digest256(hashing: [])
    case 1: roots[range] = leaves[range.lowerBound]
    default:
      let (left, right) = Self.split(range)
      fill(left)
      fill(right)
      roots[range] = Digest256(hashing: [0x01] + root(left).bytes + root(right).bytes)
    }
  }

  private static func split(_ range: Range<Int>) -> (Range<Int>, Range<Int>) {
    var width = 1
    while width * 2 < range.count { width *= 2 }
    let middle = range.lowerBound + width
    return (range.lowerBound..<middle, middle..<range.upperBound)
  }
}
