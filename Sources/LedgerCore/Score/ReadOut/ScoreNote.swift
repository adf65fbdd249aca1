/// What a reader has to know before trusting a score. Facts; the words are in ``description``.
public enum ScoreNote: Sendable, Hashable {
  /// So many answers were given on a scale that the definition does not read.
  case answersOnOtherScales(Int64)
  /// The attributes are on different scales, so that each is read as 0...100.
  case attributesRescaled
  /// On so many attributes a high number is a bad answer; they are read the other way round.
  case attributesReversed(Int)
  /// No value: so many attributes were answered without a weight.
  case weightsMissing(Int)
  /// So many attributes were answered under several weights; their mean is used.
  case weightsDiffer(Int)
  /// No value: the attributes differ in scale or direction, and the respondents' sums mix them.
  case respondentSumsMixScales
  /// No value: the scales of the attributes are too different to be brought together exactly.
  case scalesWithoutCommonMeasure
  /// So many answers name an attribute or a scale that cannot be read.
  case answersUnreadable(Int64)
  /// No value: the counters contradict each other, so the file is damaged; rebuild it.
  case countersContradict
}

extension ScoreNote: CustomStringConvertible {
  /// One line of plain English.
  public var description: String {
    switch self {
    case .answersOnOtherScales(let count): "answers on other scales: \(count)"
    case .attributesRescaled: "attributes on different scales: each is read as 0 to 100"
    case .attributesReversed(let count): "attributes read the other way round: \(count)"
    case .weightsMissing(let count): "attributes without a weight: \(count)"
    case .weightsDiffer(let count): "attributes with several weights, averaged: \(count)"
    case .respondentSumsMixScales: "attributes on different scales: respondents have no mean"
    case .scalesWithoutCommonMeasure: "scales of the attributes have no common measure"
    case .answersUnreadable(let count): "answers that cannot be read: \(count)"
    case .countersContradict: "counters contradict each other: rebuild the ledger's views"
    }
  }
}
