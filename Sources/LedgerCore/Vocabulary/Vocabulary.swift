/// What projected events refer to by number: label sets, answer shapes, questions, sites, import batches.
///
/// Numbers are local to one ledger and follow the order of first use, so they never leave it: whatever compares two
/// ledgers compares names. Append-only; a copy is cheap until it is changed.
package struct Vocabulary: Sendable {
  package private(set) var labelSets = Interned<LabelSet>()
  package private(set) var answerShapes = Interned<AnswerShape>()
  package private(set) var slots = Interned<AnswerSlot>()
  package private(set) var sites = Interned<String>()
  package private(set) var labels = Interned<Label>()
  package private(set) var batches = Interned<ItemID>()
  /// The site of each label set, by its number.
  private var siteOfLabelSet: [UInt32] = []
  /// The slot numbers of each shape, by its number.
  private var slotsOfShape: [[UInt32]] = []
  private var questions = Interned<String>()
  private var questionOfSlot: [UInt32] = []
  private var scoringOfSlot: [SlotScoring] = []

  package init() {
    // Number 0 means "none" for batches and the empty set elsewhere, so that a column of zeros is the common case.
    _ = intern(LabelSet([]))
    _ = intern(AnswerShape(slots: []))
    _ = batches.number(of: ItemID(high: 0, low: 0))
  }

  package mutating func intern(_ set: LabelSet) -> UInt32 {
    let number = labelSets.number(of: set)
    if Int(number) == siteOfLabelSet.count {
      siteOfLabelSet.append(sites.number(of: set[Label.site] ?? ""))
    }
    return number
  }

  package mutating func intern(_ shape: AnswerShape) -> UInt32 {
    let number = answerShapes.number(of: shape)
    if Int(number) == slotsOfShape.count {
      slotsOfShape.append(shape.slots.map { intern($0) })
    }
    return number
  }

  private mutating func intern(_ slot: AnswerSlot) -> UInt32 {
    let number = slots.number(of: slot)
    if Int(number) == questionOfSlot.count {
      questionOfSlot.append(questions.number(of: slot.question))
      scoringOfSlot.append(SlotScoring(slot))
    }
    return number
  }

  /// Slots of one question on several scales share its number. O(1).
  func question(ofSlot number: UInt32) -> UInt32 {
    questionOfSlot[Int(number)]
  }

  func scoring(ofSlot number: UInt32) -> SlotScoring {
    scoringOfSlot[Int(number)]
  }

  package mutating func intern(_ label: Label) -> UInt32 {
    labels.number(of: label)
  }

  package mutating func intern(batch: ItemID) -> UInt32 {
    batches.number(of: batch)
  }

  /// The number of the set's site. O(1).
  package func site(ofLabelSet number: UInt32) -> UInt32 {
    siteOfLabelSet[Int(number)]
  }

  /// The slot numbers of a shape. O(1).
  package func slots(ofShape number: UInt32) -> [UInt32] {
    slotsOfShape[Int(number)]
  }

  /// The set's number once one of its labels is replaced.
  package mutating func replacing(_ label: Label, inLabelSet number: UInt32) -> UInt32 {
    intern(labelSets[number].replacing(label))
  }
}

/// Values numbered in the order of their first use, from 0.
package struct Interned<Value: Hashable & Sendable>: Sendable {
  package private(set) var values: [Value] = []
  private var numbers: [Value: UInt32] = [:]

  package init() {}

  package var count: Int { values.count }

  package subscript(number: UInt32) -> Value { values[Int(number)] }

  /// The value's number, a new one if it has none yet.
  package mutating func number(of value: Value) -> UInt32 {
    if let number = numbers[value] { return number }
    let number = UInt32(values.count)
    values.append(value)
    numbers[value] = number
    return number
  }

  /// Nil for a value without a number.
  package func existingNumber(of value: Value) -> UInt32? {
    numbers[value]
  }
}
