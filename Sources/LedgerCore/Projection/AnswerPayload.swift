import LedgerSchema

/// The answers of a response as payload bytes: the number of their shape, then one number for each slot, 0 for
/// "not answered", else value − scale minimum + 1.
enum AnswerPayload {
  static func shape(of answers: [Scorebook_V1_Answer]) -> AnswerShape {
    AnswerShape(slots: answers.map(AnswerSlot.init))
  }

  /// What follows the number of the shape. A value outside its scale, which only a foreign entry can hold, counts as
  /// not answered.
  static func appendValues(of answers: [Scorebook_V1_Answer], to bytes: inout [UInt8]) {
    for answer in answers {
      switch answer.outcome {
      case .value(let value) where value >= answer.scaleMin && value <= answer.scaleMax:
        ByteCoding.append(UInt64(Int64(value) - Int64(answer.scaleMin) + 1), to: &bytes)
      case .value:
        bytes.append(0)
      case .skipped, .text, nil:
        bytes.append(0)
      }
    }
  }

  /// Calls `body` with the slot's number and the answer's value, nil for "not answered".
  @inline(__always)
  static func forEach(
    in reader: inout ByteReader, vocabulary: Vocabulary, _ body: (UInt32, Int32?) -> Void
  ) {
    let shape = UInt32(truncatingIfNeeded: reader.unsigned())
    guard Int(shape) < vocabulary.answerShapes.count else { return }
    for slot in vocabulary.slots(ofShape: shape) {
      let code = reader.unsigned()
      if code == 0 {
        body(slot, nil)
      } else {
        let minimum = Int64(vocabulary.scoring(ofSlot: slot).scaleMin)
        body(slot, Int32(truncatingIfNeeded: minimum &+ Int64(bitPattern: code) &- 1))
      }
    }
  }
}

extension AnswerSlot {
  init(_ answer: Scorebook_V1_Answer) {
    self.init(
      question: answer.question, metric: AnswerMetric(answer.metric),
      scale: answer.scaleMin...max(answer.scaleMin, answer.scaleMax),
      isLowerBetter: answer.polarity == .lowerIsBetter, weightMilli: answer.weightMilli)
  }
}

extension AnswerMetric {
  init(_ metric: Scorebook_V1_AnswerMetric) {
    switch metric {
    case .nps: self = .nps
    case .csat: self = .csat
    case .ces: self = .ces
    case .csi: self = .csi
    case .unspecified, .other, .UNRECOGNIZED: self = .other
    }
  }
}
