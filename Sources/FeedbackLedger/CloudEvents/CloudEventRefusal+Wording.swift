import LedgerCore

extension CloudEventRefusal: CustomStringConvertible {
  /// What is wrong where, what was expected, and what to do: one or two sentences, without the line's number.
  public var description: String {
    switch self {
    case .lineTooLong(let bytes):
      Self.beyond("The line", "\(bytes) bytes", max: CloudEventLimits.lineBytesMax)
    case .stringTooLong(let path, let bytes):
      Self.beyond("`\(path)`", "\(bytes) bytes", max: EventLimits.stringBytesMax)
    case .nestedTooDeep(let levels):
      Self.beyond("The line", "\(levels) levels of nesting", max: CloudEventLimits.levelsMax)
    case .tooManyEntries(let path, let count):
      Self.beyond("`\(path)`", "\(count) entries", max: CloudEventLimits.entriesMax)
    case .notJSON(let reason):
      "The line is not a JSON object: \(reason). Write one CloudEvents object a line, in UTF-8."
    case .missing(let path): "`\(path)` is missing or empty; CloudEvents 1.0 requires it."
    case .wrongType(let path, let got, let expected): "`\(path)` is \(got); expected \(expected)."
    case .unexpectedValue(let path, let got, let expected): Self.value(got, at: path, expected)
    case .attributeName(let name):
      "`\(name)` is no attribute name: lower-case letters and digits. Move it into `data`."
    case .unknownType(let name): Self.unknownType(name)
    case .unknownMember(let path, let kind):
      "`\(path)` is not a field of \(kind.rawValue). Correct its name or remove it."
    case .subjectMissing(let kind): Self.subjectMissing(kind)
    case .subjectOfOtherKind(let got, let expected, let kind):
      "`subject` names a \(got), but \(kind.rawValue) needs a \(expected): `\(expected)/<id>`."
    case .timeMissing(let quality):
      "`time` is missing, but `timequality` is \"\(quality)\". State the time, or say \"unknown\"."
    case .timeOutOfRange(let path, let got):
      "`\(path)` is \(got); expected the years 1900 to 2261. Leave it out if it is not known."
    case .sitesDiffer(let label, let attribute):
      "`data.labels.site` is \"\(label)\" and `site` is \"\(attribute)\". Keep one of them."
    case .inexactNumber(let path):
      "`\(path)` cannot be read exactly. Write it as a whole number of at most 19 digits."
    case .body(let path, let reason, let kind):
      "`\(path)` does not fit \(kind.rawValue): \(reason)."
    }
  }

  private static func beyond(_ what: String, _ got: String, max: Int) -> String {
    "\(what) has \(got); at most \(max) are accepted. Split it or shorten it."
  }

  private static func value(_ got: String, at path: String, _ expected: String) -> String {
    "\(path.isEmpty ? "The line" : "`\(path)`") has \"\(got)\"; expected \(expected)."
  }

  private static func unknownType(_ name: String) -> String {
    "`type` is \"\(name)\", no kind of event known here. Expected `org.scorebook.<area>.<kind>.v1` "
      + "or a short name, such as `\(EventKind.surveyResponseSubmitted.rawValue)`."
  }

  private static func subjectMissing(_ kind: EventKind) -> String {
    "`subject` is missing: \(kind.rawValue) is about a \(kind.itemWord) that is there already. "
      + "Name it: `\(kind.itemWord)/<id>`."
  }
}
