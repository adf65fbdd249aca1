/// What an answer feeds, as far as the fold knows.
package enum AnswerMetric: UInt8, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  case other = 0
  case nps = 1
  case csat = 2
  case ces = 3
  case csi = 4
}

/// One question as an answer states it: the answer needs no survey event to be scored.
package struct AnswerSlot: Hashable, Sendable {
  package let question: String
  package let metric: AnswerMetric
  package let scaleMin: Int32
  package let scaleMax: Int32
  /// True for effort scales on which a high number is a bad answer.
  package let isLowerBetter: Bool
  /// Thousandths; 0 = not stated.
  package let weightMilli: UInt32

  package init(
    question: String, metric: AnswerMetric, scale: ClosedRange<Int32>, isLowerBetter: Bool = false,
    weightMilli: UInt32 = 0
  ) {
    self.question = question
    self.metric = metric
    self.scaleMin = scale.lowerBound
    self.scaleMax = scale.upperBound
    self.isLowerBetter = isLowerBetter
    self.weightMilli = weightMilli
  }
}

/// The questions of a response in the order in which its values stand. Interned: the responses of one survey
/// share a shape, and only their values differ.
package struct AnswerShape: Hashable, Sendable {
  package let slots: [AnswerSlot]
  /// Computed once: a shape is made on one core and looked up on another.
  private let slotsHash: Int

  package init(slots: [AnswerSlot]) {
    self.slots = slots
    slotsHash = slots.hashValue
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.slotsHash == right.slotsHash && left.slots == right.slots
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(slotsHash)
  }
}
