/// What separates the fields of a row.
public enum Delimiter: String, CaseIterable, Sendable {
  case comma = ","
  case semicolon = ";"
  case tab = "\t"
  case pipe = "|"

  var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .semicolon: 0x3B
    case .tab: 0x09
    case .pipe: 0x7C
    }
  }

  /// The candidate that occurs most often outside quotes in the first line; the comma where none
  /// occurs.
  static func detected(in bytes: Span<UInt8>) -> Delimiter {
    var counts = [Int](repeating: 0, count: allCases.count)
    var isQuoted = false
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if let candidate = allCases.firstIndex(where: { $0.byte == byte }) { counts[candidate] += 1 }
    }
    // The first of equals, so that a header of one column is read with the comma.
    let best = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    return allCases[best]
  }
}
