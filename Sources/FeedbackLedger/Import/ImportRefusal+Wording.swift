import LedgerCore

extension ImportRefusal: CustomStringConvertible {
  /// Got, expected, where, and what to do.
  public var description: String {
    switch self {
    case .mapping(let fault, let path): Self.sentence(for: fault, place: Self.place(path))
    case .header(let fault, let path): Self.sentence(for: fault, place: Self.place(path))
    case .file(let fault): Self.sentence(for: fault)
    }
  }

  private static func place(_ path: String) -> String {
    path.isEmpty ? "at its top level" : "at \(path)"
  }

  private static func sentence(for fault: MappingFault, place: String) -> String {
    switch fault {
    case .tooLong(let bytes):
      "The mapping has \(bytes) bytes; at most \(ImportLimits.mappingBytesMax) are read. "
        + "Is it the data file?"
    case .notYAML(let problem, let line):
      "The mapping is not YAML: \(problem)\(line.map { " (line \($0))" } ?? ""). Correct it there."
    case .keyUnknown(let key, let known):
      "The mapping has the key \"\(key)\" \(place), which has no meaning there; "
        + "expected one of \(known.joined(separator: ", ")). Correct or remove it."
    case .keyMissing(let key): "The mapping lacks the key \"\(key)\" \(place). Add it."
    case .kindWrong(let expected):
      "The mapping has the wrong kind of value \(place); expected \(expected). Correct it there."
    case .valueWrong(let value, let expected):
      "The mapping says \"\(value)\" \(place); expected \(expected). Correct it there."
    }
  }

  private static func sentence(for fault: HeaderFault, place: String) -> String {
    switch fault {
    case .columnMissing(let name, let nearest):
      "The file has no column \"\(name)\", which the mapping names \(place); "
        + (nearest.map { "it has \"\($0)\". " } ?? "")
        + "Correct the name, the delimiter or the header rows in the mapping."
    case .columnRepeated(let name, let times):
      "The file has \(times) columns \"\(name)\", which the mapping names \(place); expected one. "
        + "Write \"\(name)#2\" for the second."
    case .nothingMatches(let pattern):
      "No column of the file matches \"\(pattern)\", which the mapping says \(place). "
        + "Correct the pattern; it must match the whole column name."
    case .tooManyQuestions(let count):
      "The file has \(count) columns for questions \(place); a response holds at most "
        + "\(EventLimits.answersMax) answers. Narrow the patterns."
    case .questionRepeated(let id):
      "Two columns answer the question \"\(id)\" \(place); expected one column for each. "
        + "Give each its own id, with $1 for what the pattern's first group matched."
    }
  }

  private static func sentence(for fault: FileFault) -> String {
    switch fault {
    case .unreadable(let path):
      "The file \(path) cannot be opened for reading. Check the path and the permissions."
    case .empty: "The file is empty; expected a header row. Check the export."
    case .encoding(let name):
      "The file is \(name); expected UTF-8. Export it as CSV UTF-8, or convert it with iconv."
    case .headerIncomplete(let rows, let expected):
      "The file ends after \(rows) of \(expected) header rows. Check header.rows in the mapping."
    case .headerMalformed(let problem, let row):
      "Header row \(row) cannot be read. \(Reason.malformed(problem)) Nothing was imported."
    }
  }
}
