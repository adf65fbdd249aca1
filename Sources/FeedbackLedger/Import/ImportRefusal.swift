/// Why a file cannot be imported with a mapping at all. What is wrong with one row is a ``Reason``.
public enum ImportRefusal: Error, Hashable, Sendable {
  /// The mapping itself; `at` is the path of the YAML key, such as `survey.questions[2].scale`.
  case mapping(MappingFault, at: String)
  /// The mapping does not fit the file's header; `at` as above.
  case header(HeaderFault, at: String)
  case file(FileFault)

  /// What is wrong with a mapping.
  public enum MappingFault: Hashable, Sendable {
    case tooLong(bytes: Int)
    /// `line` counts from 1.
    case notYAML(problem: String, line: Int?)
    case keyUnknown(String, known: [String])
    case keyMissing(String)
    case kindWrong(expected: String)
    case valueWrong(String, expected: String)
  }

  /// What the mapping names and the header does not have, or not once.
  public enum HeaderFault: Hashable, Sendable {
    case columnMissing(String, nearest: String?)
    case columnRepeated(String, times: Int)
    case nothingMatches(pattern: String)
    case tooManyQuestions(Int)
    /// Two columns would answer one question.
    case questionRepeated(String)
  }

  /// What is wrong with a file before its first row.
  public enum FileFault: Hashable, Sendable {
    case unreadable(path: String)
    case empty
    case encoding(String)
    case headerIncomplete(rows: Int, expected: Int)
    case headerMalformed(DelimitedRow.Problem, row: Int)
  }
}
