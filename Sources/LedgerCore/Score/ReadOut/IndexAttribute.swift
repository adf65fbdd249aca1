/// One attribute of an index, all its answers brought to the scale of the index.
struct IndexAttribute {
  let question: String
  /// In units of the index's ``IndexScale``.
  let total: ScoreTotal
  /// In thousandths, the mean over the answers that state one; nil if none does.
  private(set) var weight: Double?
  /// Whether its answers state different weights.
  private(set) var hasSeveralWeights: Bool

  /// - Precondition: the slots are of one question.
  init(question: String, _ slots: some Sequence<IndexAnswers.Slot>, _ scale: IndexScale) {
    self.question = question
    total = slots.reduce(.zero) { $0 + scale.total(of: $1) }
    let stated = slots.filter { $0.slot.weightMilli > 0 }
    weight = stated.reduce(ScoreTotal.zero) { $0 + $1.weightTotal }.mean()
    hasSeveralWeights = Set(stated.map(\.slot.weightMilli)).count > 1
  }

  /// With the weight that a definition gives it; one that it passes over has none.
  func weighed(by weights: IndexWeights) -> IndexAttribute {
    guard !weights.isOfAnswers else { return self }
    var weighed = self
    weighed.weight = weights.weight(of: question).map(Double.init)
    weighed.hasSeveralWeights = false
    return weighed
  }

  /// Ascending by question, each question once.
  static func all(of answers: IndexAnswers, on scale: IndexScale) -> [IndexAttribute] {
    var attributes: [IndexAttribute] = []
    var rest = answers.slots[...]
    while let question = rest.first?.slot.question {
      let slots = rest.prefix { $0.slot.question == question }
      attributes.append(IndexAttribute(question: question, slots, scale))
      rest = rest.dropFirst(slots.count)
    }
    return attributes
  }
}

/// What answers to the attributes of an index are brought to, in whole numbers: as they are where
/// all attributes share a scale, otherwise 0...100 in parts small enough for each of the scales.
struct IndexScale {
  /// How many units make one point of the index.
  let unitsPerPoint: Int64
  let isRescaled: Bool

  /// Keeps sums of a billion answers far inside 64 bits. Scales 2 to 10 and 100 steps wide share
  /// 12,600.
  private static let unitsPerPointMax: Int64 = 1_000_000

  /// Nil if the scales have no common measure within the limit.
  init?(_ answers: IndexAnswers) {
    isRescaled = Set(answers.slots.map(\.slot.scale)).count > 1
    var units: Int64 = 1
    for slot in answers.slots where isRescaled {
      units *= slot.slot.width / greatestCommonDivisor(units, slot.slot.width)
      guard units <= Self.unitsPerPointMax else { return nil }
    }
    unitsPerPoint = units
  }

  func total(of slot: IndexAnswers.Slot) -> ScoreTotal {
    let (lowest, highest) = (Int64(slot.slot.scaleMin), Int64(slot.slot.scaleMax))
    let sum =
      slot.slot.isLowerBetter ? (lowest + highest) * slot.count - slot.sum : slot.sum
    guard isRescaled else { return ScoreTotal(sum: sum, count: slot.count) }
    let steps = sum - lowest * slot.count
    return ScoreTotal(sum: steps * 100 * (unitsPerPoint / slot.slot.width), count: slot.count)
  }

  /// A mean in units, in points.
  func points(_ units: Double) -> Double { units / Double(unitsPerPoint) }
}

extension IndexAnswers.Slot {
  /// The weight once for each answer, in thousandths.
  fileprivate var weightTotal: ScoreTotal {
    ScoreTotal(sum: Int64(slot.weightMilli) * count, count: count)
  }
}
