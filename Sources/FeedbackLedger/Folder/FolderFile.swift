import LedgerCore

/// The name of a file in a shared folder. A file is never changed; what is to be other gets another name.
///
/// `<folder>/<ledger>/<log>/00000012.entries` holds entries without their texts;
/// `00000012-e3-m7.texts` beside it holds the texts of those entries, written when three customers had been erased and
/// seven texts were not here. Erasure deletes text files only.
struct FolderFile: Hashable {
  enum Content: Hashable {
    case entries
    case texts(erased: Int, missing: Int)
  }

  /// From 1, in the order of writing; a file of texts has the number of its entries.
  var number: Int
  var content: Content

  /// Far from where numbers end, whatever somebody has put on a shelf.
  static let numberMax = Int.max / 2
  /// A file is numbered after what its shelf shows up to here: so it can always be read.
  static let shownMax = 1_000_000_000_000

  init(number: Int, content: Content) {
    self.number = number
    self.content = content
  }

  /// Nil for a name that is none of ours: whatever else lies in the folder is left alone.
  init?(name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let words = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard let number = words.first.flatMap({ Int($0) }), (1...Self.numberMax).contains(number)
    else { return nil }
    switch (parts[1], words.count) {
    case ("entries", 1):
      self.init(number: number, content: .entries)
    case ("texts", 3):
      guard let erased = Self.count(words[1], after: "e"),
        let missing = Self.count(words[2], after: "m")
      else { return nil }
      self.init(number: number, content: .texts(erased: erased, missing: missing))
    default:
      return nil
    }
    // One spelling only: no two names mean the same.
    guard self.name == name else { return nil }
  }

  var name: String {
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    return switch content {
    case .entries: "\(padded).entries"
    case .texts(let erased, let missing): "\(padded)-e\(erased)-m\(missing).texts"
    }
  }

  /// Of a file of texts: how many customers had been erased, and how many texts were not here, when it was written.
  var counts: (erased: Int, missing: Int)? {
    guard case .texts(let erased, let missing) = content else { return nil }
    return (erased, missing)
  }

  private static func count(_ word: Substring, after letter: Character) -> Int? {
    guard word.first == letter, let count = Int(word.dropFirst()), count >= 0 else { return nil }
    return count
  }
}
