/// Whether the aliases of a YAML text could stand for more than anybody has the time to read.
///
/// Ten lists, each of ten aliases of the one before, are 500 bytes and 10^10 words. The parser keeps them as one value
/// each, but it hashes the keys of every mapping, and a key may be such a list. So the text is measured before it is
/// parsed, from above: what looks like an anchor or an alias is counted as one, quoted or not.
enum AliasBound {
  /// In bytes of a text without aliases: parsed and hashed within a second.
  private static let standsForMax = 16_777_216.0

  static func isExceeded(by text: String) -> Bool {
    let bytes = Array(text.utf8)
    let aliases = Double(marks(UInt8(ascii: "*"), in: bytes))
    let anchors = Double(marks(UInt8(ascii: "&"), in: bytes))
    guard aliases > 0, anchors > 0 else { return false }
    // Shared out evenly among so many nested values, aliases multiply the most; e of them in each are the worst.
    var worst = 1.0
    for nested in 1...Int(max(1, min(anchors, aliases / 2, 64))) {
      var times = 1.0
      for _ in 0..<nested { times *= aliases / Double(nested) }
      worst = max(worst, times)
    }
    return Double(bytes.count) * worst > standsForMax
  }

  /// Marks before a name, unless they stand within a word or right after a quote, where none is read.
  private static func marks(_ mark: UInt8, in bytes: [UInt8]) -> Int {
    bytes.indices.count { index in
      guard bytes[index] == mark, index + 1 < bytes.count, isOfName(bytes[index + 1]) else {
        return false
      }
      guard index > 0 else { return true }
      let before = bytes[index - 1]
      return !isOfName(before) && before != UInt8(ascii: "\"") && before != UInt8(ascii: "'")
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false  // Ends a name, or cannot begin one.
    }
  }
}
