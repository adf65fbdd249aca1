/// How long a file, a line and a function may be.
enum SizeRules {
  static let fileLinesMax = 400
  static let lineCharactersMax = 120
  static let functionLinesMax = 40

  /// Functions that are one table each: a switch over every kind of event, which must not be cut, so that the compiler
  /// says where a new kind is missing. Path and first line.
  static let tables: Set<String> = [
    "Sources/LedgerCore/Event/EventKind+Body.swift: "
      + "package init(_ body: Scorebook_V1_Event.OneOf_Body) {",
    "Sources/LedgerCore/Event/EventKind+Traits.swift: var traits: Traits {",
    "Sources/LedgerCore/Event/EventValidation.swift: "
      + "private static func validate(_ body: Scorebook_V1_Event.OneOf_Body) "
      + "throws(EventRefusal) {",
    "Sources/LedgerCore/Projection/Projector.swift: private static func project(",
  ]

  static func findings(in file: SourceFile) -> [String] {
    fileFindings(in: file) + lineFindings(in: file) + functionFindings(in: file)
  }

  private static func fileFindings(in file: SourceFile) -> [String] {
    guard file.lineCount > fileLinesMax else { return [] }
    return ["\(file.path): \(file.lineCount) lines; at most \(fileLinesMax)"]
  }

  private static func lineFindings(in file: SourceFile) -> [String] {
    file.lines.enumerated().compactMap { index, line in
      guard line.count > lineCharactersMax else { return nil }
      return "\(file.path):\(index + 1): \(line.count) characters; at most \(lineCharactersMax)"
    }
  }

  private static func functionFindings(in file: SourceFile) -> [String] {
    FunctionLengths.functions(in: file).compactMap { function in
      guard function.lineCount > functionLinesMax,
        !tables.contains("\(file.path): \(function.declaration)")
      else { return nil }
      return
        "\(file.path):\(function.line): \(function.lineCount) lines; at most \(functionLinesMax)"
    }
  }
}
