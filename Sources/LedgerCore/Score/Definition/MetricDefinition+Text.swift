extension MetricDefinition: CustomStringConvertible {
  /// The definition as it is published: one `key: value` line for each choice, in a fixed order, so
  /// that equal definitions have equal texts and different ones differ. A YAML mapping.
  public var description: String {
    let head = [
      ("metric", id), ("version", "\(version)"), ("title", Self.quoted(title)),
      ("unit", unit.rawValue), ("polarity", polarity.rawValue),
    ]
    let foot = [("dedupe", dedupe.rawValue), ("minimumCount", "\(minimumCount)")]
    return (head + readOut.lines + foot).map { "\($0.0): \($0.1)\n" }.joined()
  }

  /// Between quotes, as YAML and JSON both read it.
  private static func quoted(_ text: String) -> String {
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

extension ReadOut {
  /// Its name and its parameters, as lines of a published definition.
  fileprivate var lines: [(String, String)] {
    switch self {
    case .net(let buckets): [("readOut", "net")] + buckets.lines
    case .effortNet(let buckets, let sign):
      [("readOut", "effortNet")] + buckets.lines + [("sign", sign.rawValue)]
    case .mean(let scale): [("readOut", "mean")] + scale.lines
    case .topBox(let box):
      [("readOut", "topBox")] + box.scale.lines
        + [("top", "\(box.threshold)..\(box.scale.values.upperBound)")]
    case .index(let mean): [("readOut", "index"), ("mean", mean.rawValue)]
    case .responseRate: [("readOut", "responseRate")]
    case .duration(let duration, let statistic):
      [
        ("readOut", "duration"), ("duration", duration.rawValue),
        ("statistic", statistic.rawValue),
      ]
    case .reopenRate: [("readOut", "reopenRate")]
    case .backlog: [("readOut", "backlog")]
    case .points(let sum): [("readOut", "points"), ("sum", sum.rawValue)]
    case .redemptionRate: [("readOut", "redemptionRate")]
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
