public import LedgerCore

/// Why a line is not an event that this ledger can record. The cases are facts; `description` makes the sentence.
///
/// A path names the place in the line: `time`, `data.flags[1]`. Values are repeated only from the envelope and from
/// closed lists, never from what a customer wrote. Who reads the lines adds the line's number.
public enum CloudEventRefusal: Error, Hashable, Sendable {
  case lineTooLong(bytes: Int)
  case stringTooLong(path: String, bytes: Int)
  case nestedTooDeep(levels: Int)
  case tooManyEntries(path: String, count: Int)
  case notJSON(reason: String)
  case missing(path: String)
  case wrongType(path: String, got: String, expected: String)
  /// A value outside a closed list, or not of the form that its place demands.
  case unexpectedValue(path: String, got: String, expected: String)
  /// Not an attribute name of CloudEvents: lower-case letters and digits only.
  case attributeName(String)
  case unknownType(String)
  case unknownMember(path: String, in: EventKind)
  case subjectMissing(EventKind)
  case subjectOfOtherKind(got: String, expected: String, kind: EventKind)
  case timeMissing(quality: String)
  case timeOutOfRange(path: String, got: String)
  /// The label and the attribute `site` name different sites.
  case sitesDiffer(label: String, attribute: String)
  /// A whole number beyond 2^53 that was written as a fraction or with an exponent.
  case inexactNumber(path: String)
  /// The body's schema does not accept the value.
  case body(path: String, reason: String, kind: EventKind)

  /// The case `unexpectedValue`, with the value cut to what a message can show.
  static func unexpected(_ got: String, at path: String, expected: String) -> Self {
    .unexpectedValue(
      path: path, got: String(got.prefix(CloudEventLimits.echoedCharactersMax)), expected: expected)
  }
}
