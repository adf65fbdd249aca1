import LedgerCore

extension Reason: CustomStringConvertible {
  /// One sentence, and a second one where something can be done about it.
  public var description: String {
    switch self {
    case .blank: "The row is blank."
    case .skipRule(let rule): "Rule \(rule) of `skip` in the mapping passes over it."
    case .malformed(let problem): Self.sentence(for: problem)
    case .columnCount(let count, let expected):
      "The row has \(count) fields; the header has \(expected)."
    case .idTooLong(let bytes):
      "The id has \(bytes) bytes; at most \(ImportLimits.idBytesMax) are kept."
    case .trackedKeysFull:
      "The file has more than \(ImportLimits.trackedKeysMax) tickets or groups. Split it, and keep "
        + "the rows of one ticket together."
    case .cell(let fault, let column): Self.sentence(for: fault, column: "Column \"\(column)\"")
    case .time(let fault, let column): Self.sentence(for: fault, column: "Column \"\(column)\"")
    case .answer(let fault, let question): Self.sentence(for: fault, question: "\"\(question)\"")
    case .labelTooLong(let key, let bytes):
      "The label \"\(key)\" has \(bytes) bytes; at most \(ImportLimits.labelBytesMax) are kept."
    }
  }

  private static func sentence(for fault: CellFault, column: String) -> String {
    switch fault {
    case .missing: "\(column) is empty; expected a value."
    case .codeUnknown: "\(column) holds a code that the mapping does not list. Add it there."
    case .controlCharacter:
      "\(column) holds a control character; expected a code or an id of printable ones."
    case .notNumber: "\(column) holds no number with a decimal point."
    case .negative: "\(column) is negative; expected 0 or more."
    case .tooLarge: "\(column) holds a number beyond what is counted."
    }
  }

  private static func sentence(for fault: TimeFault, column: String) -> String {
    switch fault {
    case .missing: "\(column) is empty; expected a time."
    case .unreadable(let format): "\(column) holds no time of the form \(format)."
    case .withoutOffset:
      "\(column) holds a time without an offset, and the mapping states no zone. Add `zone`."
    case .outOfRange:
      "\(column) is outside the years 1900 to 2261. If it means \"never\", list it under `none`."
    case .before(let other): "\(column) is before column \"\(other)\"."
    }
  }

  private static func sentence(for fault: AnswerFault, question: String) -> String {
    switch fault {
    case .notInteger:
      "The answer to \(question) is no whole number, nor listed under `noAnswer` or `values`."
    case .outOfScale(let value, let scale):
      "The answer \(value) to \(question) is outside \(scale.lowerBound)...\(scale.upperBound)."
    }
  }

  private static func sentence(for problem: DelimitedRow.Problem) -> String {
    switch problem {
    case .invalidUTF8: "The row holds bytes that are not UTF-8."
    case .unclosedQuote:
      "A quote opens in this row and never closes, so the rest of the file is part of it."
    case .textAfterQuote:
      "A closing quote is followed by text; expected a delimiter or the end of the row."
    case .rowTooLong:
      "The row has more than \(ImportLimits.rowBytesMax) bytes. Is a quote unclosed?"
    case .fieldTooLong: "A field has more than \(EventLimits.stringBytesMax) bytes."
    case .tooManyColumns: "The row has more than \(ImportLimits.columnsMax) fields."
    }
  }
}
