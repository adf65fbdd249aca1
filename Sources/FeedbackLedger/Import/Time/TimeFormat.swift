/// How a source writes times: a small closed language, so that nothing is guessed.
///
/// - `iso8601`: `2026-03-01`, `2026-03-01T09:30`, `2026-03-01 09:30:15.250+02:00`, `…Z`
/// - `unixSeconds`, `unixMilliseconds`: since 1970 UTC
/// - a pattern of `yyyy MM M dd d HH H hh h mm ss S a z` and literal characters (letters in single
///   quotes). A doubled letter wants two digits, a single one takes one or two; `S` is a fraction
///   of one to six digits, `a` AM or PM, `z` an offset: `Z`, `UTC`, `GMT+1`, `+01:00`, `-0730`.
package enum TimeFormat: Sendable, Hashable {
  case iso8601
  case unixSeconds
  case unixMilliseconds
  case pattern([Element])

  package enum Component: Sendable, Hashable {
    case year, month, day, hour, hourOfHalfDay, minute, second
  }

  package enum Element: Sendable, Hashable {
    case number(Component, digits: ClosedRange<Int>)
    case fraction
    case halfDay
    case offset
    case literal(UInt8)
  }

  static let expectation =
    "iso8601, unixSeconds, unixMilliseconds, or a pattern with year, month and day such as "
    + "\"d/M/yyyy HH:mm\" (yyyy MM M dd d HH H hh h mm ss S a z, other letters in single quotes)"

  /// Nil unless the text is of the language above, names year, month and day, and has `a` exactly
  /// with `h`.
  package init?(_ text: String) {
    switch text {
    case "iso8601": self = .iso8601
    case "unixSeconds": self = .unixSeconds
    case "unixMilliseconds": self = .unixMilliseconds
    default:
      guard let elements = Self.elements(of: Array(text.utf8)), Self.isComplete(elements)
      else { return nil }
      self = .pattern(elements)
    }
  }

  /// Whether each time states its own offset, so that no zone is needed. ISO 8601 leaves it open.
  package var statesOffset: Bool {
    switch self {
    case .iso8601: false
    case .unixSeconds, .unixMilliseconds: true
    case .pattern(let elements): elements.contains(.offset)
    }
  }

  private static func elements(of text: [UInt8]) -> [Element]? {
    var elements: [Element] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "'") {
        guard let end = text[(index + 1)...].firstIndex(of: byte) else { return nil }
        elements += text[(index + 1)..<end].map(Element.literal)
        index = end + 1
        continue
      }
      let run = text[index...].prefix { $0 == byte }.count
      guard Self.isLetter(byte) else {
        elements.append(.literal(byte))
        index += 1
        continue
      }
      guard let element = element(of: byte, run: run) else { return nil }
      elements.append(element)
      index += run
    }
    return elements
  }

  private static func element(of letter: UInt8, run: Int) -> Element? {
    switch (Character(Unicode.Scalar(letter)), run) {
    case ("y", 4): .number(.year, digits: 4...4)
    case ("M", 1...2): .number(.month, digits: run...2)
    case ("d", 1...2): .number(.day, digits: run...2)
    case ("H", 1...2): .number(.hour, digits: run...2)
    case ("h", 1...2): .number(.hourOfHalfDay, digits: run...2)
    case ("m", 2): .number(.minute, digits: 2...2)
    case ("s", 2): .number(.second, digits: 2...2)
    case ("S", 1): .fraction
    case ("a", 1): .halfDay
    case ("z", 1): .offset
    default: nil
    }
  }

  private static func isComplete(_ elements: [Element]) -> Bool {
    let components = elements.compactMap { element -> Component? in
      if case .number(let component, _) = element { component } else { nil }
    }
    let isTwelveHours = components.contains(.hourOfHalfDay)
    return Set(components).isSuperset(of: [.year, .month, .day])
      && Set(components).count == components.count
      && !(isTwelveHours && components.contains(.hour))
      && elements.filter { $0 == .halfDay }.count == (isTwelveHours ? 1 : 0)
      && elements.filter { $0 == .offset }.count <= 1
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
