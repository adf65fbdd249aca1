/// Every table is STRICT, and every column says what it holds.
///
/// Read by lines, as the files are written: one column a line, `CREATE TABLE` and the closing parenthesis on lines of
/// their own.
enum SQLRules {
  static func findings(in file: SourceFile) -> [String] {
    var findings: [String] = []
    var depth = 0
    var isInTable = false
    for (index, line) in file.lines.enumerated() {
      let code = statement(of: line)
      if !isInTable, startsTable(code) {
        isInTable = true
        depth = 0
      } else if isInTable, depth == 1, isColumn(code), !isCommented(index, in: file) {
        findings.append("\(file.path):\(index + 1): a column without a comment")
      }
      guard isInTable else { continue }
      depth += code.count { $0 == "(" } - code.count { $0 == ")" }
      guard depth == 0, code.contains(")") else { continue }
      isInTable = false
      if !isStrict(code) {
        findings.append("\(file.path):\(index + 1): a table that is not STRICT")
      }
    }
    return findings
  }

  /// A constraint of the table, or a further line of a column, begins with one of these; a column with its name.
  private static let keywords: Set<String> = [
    "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT", "NOT", "NULL", "DEFAULT", "REFERENCES",
    "COLLATE", "GENERATED", "AS", "ON", "DEFERRABLE",
  ]

  /// Virtual tables have no column types of their own.
  private static func startsTable(_ code: String) -> Bool {
    let words = words(in: code).filter { $0 != "TEMP" && $0 != "TEMPORARY" }
    return words.starts(with: ["CREATE", "TABLE"])
  }

  private static func isStrict(_ code: String) -> Bool {
    words(in: code.split(separator: ")").last.map(String.init) ?? "").contains("STRICT")
  }

  private static func isColumn(_ code: String) -> Bool {
    guard let first = code.first(where: { $0 != " " }), first.isLetter || "_\"".contains(first)
    else { return false }
    return !keywords.contains(words(in: code).first ?? "")
  }

  private static func words(in code: String) -> [String] {
    code.uppercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }

  /// On the line itself, or alone on the line above.
  private static func isCommented(_ index: Int, in file: SourceFile) -> Bool {
    file.lines[index].contains("--")
      || (index > 0 && file.lines[index - 1].drop { $0 == " " }.hasPrefix("--"))
  }

  private static func statement(of line: String) -> String {
    line.firstRange(of: "--").map { String(line[..<$0.lowerBound]) } ?? line
  }
}
