extension ReadOut {
  /// The mirror of its lines in a published definition.
  init(_ fields: inout DefinitionFields) throws(DefinitionRefusal) {
    let word = try fields.required("readOut")
    switch word {
    case "net": self = .net(try NetBuckets(&fields))
    case "effortNet":
      let buckets = try NetBuckets(&fields)
      self = .effortNet(buckets, try fields.choice("sign") ?? .easeLessDifficulty)
    case "mean": self = .mean(try AnswerScale(&fields))
    case "topBox": self = .topBox(try TopBox(&fields))
    case "index": self = try Self.index(&fields)
    case "responseRate": self = .responseRate
    case "duration":
      guard let duration: TicketDuration = try fields.choice("duration") else {
        throw .missingField("duration")
      }
      self = .duration(duration, try fields.choice("statistic") ?? .median)
    case "reopenRate": self = .reopenRate
    case "backlog": self = .backlog
    case "points":
      guard let sum: PointsSum = try fields.choice("sum") else { throw .missingField("sum") }
      self = .points(sum)
    case "redemptionRate": self = .redemptionRate
    default:  // A word of a file, not a case of ours.
      throw .wrongValue(
        field: "readOut", got: word, expected: "one of " + Self.words.joined(separator: ", "))
    }
  }

  private static func index(_ fields: inout DefinitionFields) throws(DefinitionRefusal) -> ReadOut {
    let mean: IndexMean = try fields.choice("mean") ?? .equal
    let weights = try IndexWeights(try fields.list("weights") ?? [])
    guard weights.isOfAnswers || mean == .weighted else {
      throw .useless(field: "weights", readOut: "index of the mean \(mean.rawValue)")
    }
    return .index(mean, weights: weights)
  }

  private static let words = [
    "net", "effortNet", "mean", "topBox", "index", "responseRate", "duration", "reopenRate",
    "backlog", "points", "redemptionRate",
  ]

  /// Its name in a published definition.
  var word: String {
    switch self {
    case .net: "net"
    case .effortNet: "effortNet"
    case .mean: "mean"
    case .topBox: "topBox"
    case .index: "index"
    case .responseRate: "responseRate"
    case .duration: "duration"
    case .reopenRate: "reopenRate"
    case .backlog: "backlog"
    case .points: "points"
    case .redemptionRate: "redemptionRate"
    }
  }
}

extension AnswerScale {
  /// The scale that is usual for the measure, unless the fields state another.
  fileprivate init(_ fields: inout DefinitionFields) throws(DefinitionRefusal) {
    let word = try fields.required("measure")
    let usual: AnswerScale
    switch word {
    case "nps": usual = .nps
    case "csat": usual = .csat
    case "ces": usual = .ces
    default:  // A word of a file, not a case of ours.
      throw .wrongValue(field: "measure", got: word, expected: "one of nps, csat, ces")
    }
    guard let values = try fields.range("scale") else {
      self = usual
      return
    }
    guard let scale = AnswerScale(usual.measure, values: values) else {
      throw .wrongValue(
        field: "scale", got: values.text, expected: "a scale of at least two values, in 16 bits")
    }
    self = scale
  }
}

extension NetBuckets {
  fileprivate init(_ fields: inout DefinitionFields) throws(DefinitionRefusal) {
    let scale = try AnswerScale(&fields)
    guard let low = try fields.range("low") else { throw .missingField("low") }
    guard let high = try fields.range("high") else { throw .missingField("high") }
    guard low.lowerBound == scale.values.lowerBound else {
      throw .wrongValue(
        field: "low", got: low.text, expected: "the lower end of the scale \(scale.values.text)")
    }
    guard high.upperBound == scale.values.upperBound,
      let buckets = NetBuckets(scale, lowMax: low.upperBound, highMin: high.lowerBound)
    else {
      throw .wrongValue(
        field: "high", got: high.text,
        expected: "the upper end of the scale \(scale.values.text), above \(low.text)")
    }
    self = buckets
  }
}

extension TopBox {
  fileprivate init(_ fields: inout DefinitionFields) throws(DefinitionRefusal) {
    let scale = try AnswerScale(&fields)
    guard let top = try fields.range("top") else { throw .missingField("top") }
    guard top.upperBound == scale.values.upperBound,
      let box = TopBox(scale, threshold: top.lowerBound)
    else {
      throw .wrongValue(
        field: "top", got: top.text,
        expected: "the upper end of the scale \(scale.values.text), without its lowest value")
    }
    self = box
  }
}

extension ClosedRange<Int32> {
  fileprivate var text: String { "\(lowerBound)..\(upperBound)" }
}
