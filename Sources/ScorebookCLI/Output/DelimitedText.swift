/// Rows as RFC 4180 writes them, safe to open in a spreadsheet.
enum DelimitedText {
  /// A cell: either a number of ours, or a text that anybody may have written.
  enum Cell {
    case number(String)
    case text(String)
  }

  /// With CRLF after each row, the last one too.
  static func text(_ rows: [[Cell]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func cell(_ cell: Cell) -> String {
    switch cell {
    case .number(let digits): digits
    case .text(let text): quoted(inert(text))
    }
  }

  /// A spreadsheet takes these beginnings for a formula; an apostrophe before them makes them text.
  private static func inert(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
      return text
    }
    return "'" + text
  }

  private static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
