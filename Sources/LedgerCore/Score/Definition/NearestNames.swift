/// Finds the names that a mistyped one may have meant.
package enum NearestNames {
  private static let suggestionsMax = 3
  private static let nameCharactersMax = 64

  /// At most three of `names`, the nearest first, then in alphabetical order. A name is near by its
  /// whole text, or by one of its dotted parts: `frt` is near `ticket.frt`, and `csat` near
  /// `csat.mean`.
  package static func of(_ name: String, among names: [String]) -> [String] {
    guard !name.isEmpty, name.count <= nameCharactersMax else { return [] }
    let typed = Array(name.lowercased())
    // Short names differ by little, so a third of the characters may be wrong, and at least one.
    let distanceMax = max(1, typed.count / 3)
    return names.map { (name: $0, distance: distance(typed, toName: $0)) }
      .filter { $0.distance <= distanceMax }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(suggestionsMax).map(\.name)
  }

  private static func distance(_ typed: [Character], toName name: String) -> Int {
    let lowercased = name.lowercased()
    let forms = [Substring(lowercased)] + lowercased.split(separator: ".")
    return forms.map { distance(typed, Array($0)) }.min() ?? typed.count
  }

  /// How many characters have to be inserted, removed or replaced.
  ///
  /// Source: R. Wagner, M. Fischer, "The String-to-String Correction Problem", Journal of the ACM
  /// 21 (1974).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (character == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
