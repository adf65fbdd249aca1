/// Why a row became no event. Facts only, never what a customer wrote; `description` makes the
/// sentence.
public enum Reason: Error, Hashable, Sendable {
  // Passed over: the row claims nothing.

  case blank
  /// A `skip` rule of the mapping applies; `rule` counts from 1.
  case skipRule(Int)

  // Rejected as a whole.

  case malformed(DelimitedRow.Problem)
  case columnCount(Int, expected: Int)
  case idTooLong(bytes: Int)
  case trackedKeysFull

  // Rejected for one cell.

  case cell(CellFault, column: String)
  case time(TimeFault, column: String)
  case answer(AnswerFault, question: String)
  case labelTooLong(key: String, bytes: Int)

  /// What is wrong with a cell that holds a code or a number.
  public enum CellFault: Hashable, Sendable {
    case missing
    /// The mapping has no meaning for it.
    case codeUnknown
    /// A code or an id holds a line break, a NUL or the like.
    case controlCharacter
    case notNumber
    case negative
    case tooLarge
  }

  /// What is wrong with a cell that holds a time.
  public enum TimeFault: Hashable, Sendable {
    case missing
    case unreadable(format: String)
    /// Neither the cell nor the mapping says where its clock stands.
    case withoutOffset
    case outOfRange
    case before(column: String)
  }

  /// What is wrong with an answer.
  public enum AnswerFault: Hashable, Sendable {
    case notInteger
    case outOfScale(Int, scale: ClosedRange<Int>)
  }
}
