/// The answers of an index, by attribute and scale.
///
/// Slot numbers are local to a ledger, so everything is ordered by the text of the question:
/// otherwise two ledgers with the same events could differ in the last bit.
struct IndexAnswers {
  /// The answers to one question on one scale, in one direction, under one weight.
  struct Slot {
    let slot: AnswerSlot
    /// Of the answers as given.
    private(set) var sum: Int64
    private(set) var count: Int64

    fileprivate mutating func add(sum: Int64, count: Int64) {
      self.sum += sum
      self.count += count
    }
  }

  /// Ascending by question, then by scale.
  let slots: [Slot]
  /// Answers whose slot is not in the vocabulary, or has no scale that a counter could hold.
  let unreadable: Int64

  init(_ counts: MeasureCounts, _ vocabulary: Vocabulary) {
    var found: [AnswerSlot: Slot] = [:]
    var unreadable: Int64 = 0
    for cell in counts[.csi] {
      let bucket = IndexBucket(rawValue: cell.bucket)
      guard let slot = Self.slot(bucket.key, vocabulary) else {
        unreadable += cell.count
        continue
      }
      let sum = Int64(bucket.value) * cell.count
      found[slot, default: Slot(slot: slot, sum: 0, count: 0)].add(sum: sum, count: cell.count)
    }
    slots = found.values.sorted { Self.precedes($0.slot, $1.slot) }
    self.unreadable = unreadable
  }

  private static func slot(_ number: UInt32, _ vocabulary: Vocabulary) -> AnswerSlot? {
    guard Int(number) < vocabulary.slots.count else { return nil }
    let slot = vocabulary.slots[number]
    return slot.scaleMin < slot.scaleMax && Int16(exactly: slot.scaleMin) != nil
      && Int16(exactly: slot.scaleMax) != nil ? slot : nil
  }

  private static func precedes(_ left: AnswerSlot, _ right: AnswerSlot) -> Bool {
    guard left.question == right.question else { return left.question < right.question }
    return (left.scaleMin, left.scaleMax, left.isLowerBetter ? 1 : 0, left.weightMilli)
      < (right.scaleMin, right.scaleMax, right.isLowerBetter ? 1 : 0, right.weightMilli)
  }

  /// The attributes on which a high number is a bad answer.
  var reversedCount: Int {
    Set(slots.lazy.filter(\.slot.isLowerBetter).map(\.slot.question)).count
  }
}

extension AnswerSlot {
  var scale: ClosedRange<Int32> { scaleMin...scaleMax }

  /// In steps; at least 1 where `scaleMin < scaleMax`.
  var width: Int64 { Int64(scaleMax) - Int64(scaleMin) }
}
