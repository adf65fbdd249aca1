extension MetricDefinition: CustomStringConvertible {
  /// The definition as it is published: one `key: value` line for each choice, in a fixed order, so
  /// that equal definitions have equal texts and different ones differ. A YAML mapping.
  public var description: String {
    let head = [
      ("metric", id), ("version", "\(version)"), ("title", Self.quoted(title)),
      ("unit", unit.rawValue), ("polarity", polarity.rawValue),
    ]
    let foot =
      [("dedupe", dedupe.rawValue)] + (window.map { [("window", $0.word)] } ?? [])
      + (zone.map { [("zone", Self.quoted($0))] } ?? []) + [("minimumCount", "\(minimumCount)")]
    return (head + readOut.lines + population.lines + foot + rounding).map { "\($0.0): \($0.1)\n" }
      .joined()
  }

  /// Only where it is not that of the unit.
  private var rounding: [(String, String)] {
    decimals == unit.decimals ? [] : [("decimals", "\(decimals)")]
  }

  /// Between quotes, as YAML and JSON both read it.
  fileprivate static func quoted(_ text: String) -> String {
    let body = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where needsEscape(scalar): "\\u" + hexadecimal(scalar.value)
      case _: String(scalar)
      }
    }
    return "\"" + body.joined() + "\""
  }

  /// Control characters and the line breaks of Unicode: each could start a line of its own.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || (0x2028...0x2029).contains(scalar.value)
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension Population {
  /// Only what is not the rule.
  fileprivate var lines: [(String, String)] {
    let list = questions.map(MetricDefinition.quoted).joined(separator: ", ")
    return (questions.isEmpty ? [] : [("questions", "[\(list)]")])
      + (completedOnly ? [("completedOnly", "true")] : [])
  }
}

extension IndexWeights {
  /// Only where the definition weighs.
  fileprivate var lines: [(String, String)] {
    isOfAnswers
      ? [] : [("weights", "[\(texts.map(MetricDefinition.quoted).joined(separator: ", "))]")]
  }
}

extension ReadOut {
  /// Its name and its parameters, as lines of a published definition.
  fileprivate var lines: [(String, String)] { [("readOut", word)] + parameters }

  private var parameters: [(String, String)] {
    switch self {
    case .net(let buckets): buckets.lines
    case .effortNet(let buckets, let sign): buckets.lines + [("sign", sign.rawValue)]
    case .mean(let scale): scale.lines
    case .topBox(let box):
      box.scale.lines + [("top", "\(box.threshold)..\(box.scale.values.upperBound)")]
    case .index(let mean, let weights): [("mean", mean.rawValue)] + weights.lines
    case .duration(let duration, let statistic):
      [("duration", duration.rawValue), ("statistic", statistic.rawValue)]
    case .points(let sum): [("sum", sum.rawValue)]
    case .responseRate, .reopenRate, .backlog, .redemptionRate: []
    }
  }
}

extension AnswerScale {
  fileprivate var lines: [(String, String)] {
    [("measure", "\(measure)"), ("scale", "\(values.lowerBound)..\(values.upperBound)")]
  }
}

extension NetBuckets {
  fileprivate var lines: [(String, String)] {
    scale.lines + [
      ("low", "\(scale.values.lowerBound)..\(lowMax)"),
      ("high", "\(highMin)..\(scale.values.upperBound)"),
    ]
  }
}
