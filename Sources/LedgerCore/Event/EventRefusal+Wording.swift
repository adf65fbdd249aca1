extension EventRefusal: CustomStringConvertible {
  /// What was got and what is expected; the caller adds where.
  public var description: String {
    switch self {
    case .tooLong(let field, let bytes, let limit):
      "the \(field) has \(bytes) bytes; at most \(limit) are taken"
    case .holdsNUL(let field): "the \(field) holds a NUL character"
    case .tooManyLabels(let count, let limit): "\(count) labels; at most \(limit) are taken"
    case .duplicateLabel(let key): "the label \(key) is given twice"
    case .emptyLabelKey: "a label has no key"
    case .badIdentifier(let field, let bytes):
      "the \(field) has \(bytes) bytes; an identifier has 16"
    case .questionTwice(let question): "the question \(question) is answered twice"
    case .scaleReversed(let question, let low, let high):
      "the scale of \(question) runs from \(low) down to \(high); the lower end comes first"
    case .answerOutsideScale(let question, let value, let low, let high):
      "the answer \(value) to \(question) is outside its scale \(low)...\(high)"
    case .pointsNotPositive(let points): "\(points) points; a movement has at least 1"
    case .allocatedMore(let allocated, let points):
      "\(allocated) points are allocated, but only \(points) moved"
    case .occurredOutOfRange:
      "the time lies outside 1900 to 2261; say that it is unknown instead"
    case .mergeWithItself:
      "a customer cannot be merged with itself: name each person's other pseudonym once"
    case .mergeOfNobody: "a merge names nobody to merge with; at least one is needed"
    case .noBody: "the event says nothing"
    }
  }
}
