import GRDB
import LedgerCore

/// Vocabulary values as bytes, for the tables that keep them.
enum VocabularyCoding {
  static func encode(_ set: LabelSet) -> [UInt8] {
    var bytes: [UInt8] = []
    ByteCoding.append(UInt64(set.labels.count), to: &bytes)
    for label in set.labels {
      ByteCoding.append(label.key, to: &bytes)
      ByteCoding.append(label.value, to: &bytes)
    }
    return bytes
  }

  static func decodeLabels(_ bytes: UnsafeRawBufferPointer) -> LabelSet {
    var reader = ByteReader(bytes)
    var labels: [Label] = []
    for _ in 0..<min(reader.unsigned(), 4_096) where !reader.isDamaged {
      labels.append(Label(key: reader.text(), value: reader.text()))
    }
    return LabelSet(labels)
  }

  static func encode(_ shape: AnswerShape) -> [UInt8] {
    var bytes: [UInt8] = []
    ByteCoding.append(UInt64(shape.slots.count), to: &bytes)
    for slot in shape.slots {
      ByteCoding.append(slot.question, to: &bytes)
      bytes.append(slot.metric.rawValue)
      bytes.append(slot.isLowerBetter ? 1 : 0)
      ByteCoding.append(ByteCoding.zigzag(Int64(slot.scaleMin)), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(Int64(slot.scaleMax)), to: &bytes)
      ByteCoding.append(UInt64(slot.weightMilli), to: &bytes)
    }
    return bytes
  }

  static func decodeShape(_ bytes: UnsafeRawBufferPointer) -> AnswerShape {
    var reader = ByteReader(bytes)
    var slots: [AnswerSlot] = []
    for _ in 0..<min(reader.unsigned(), 65_536) where !reader.isDamaged {
      let question = reader.text()
      let metric = AnswerMetric(rawValue: reader.byte()) ?? .other
      let isLowerBetter = reader.byte() != 0
      let low = Int32(truncatingIfNeeded: reader.signed())
      let high = Int32(truncatingIfNeeded: reader.signed())
      slots.append(
        AnswerSlot(
          question: question, metric: metric, scale: low...max(low, high),
          isLowerBetter: isLowerBetter, weightMilli: UInt32(truncatingIfNeeded: reader.unsigned())))
    }
    return AnswerShape(slots: slots)
  }
}

extension Appender {
  /// Stores what was interned since the last flush.
  func flushVocabulary() throws {
    let vocabulary = state.fold.vocabulary
    try insert(
      "label_set", vocabulary.labelSets, after: &state.persisted.labelSets, at: BlobPlace.labelSet
    ) {
      VocabularyCoding.encode($0)
    }
    try insert(
      "answer_shape", vocabulary.answerShapes, after: &state.persisted.answerShapes,
      at: BlobPlace.answerShape
    ) {
      VocabularyCoding.encode($0)
    }
    try insert("label", vocabulary.labels, after: &state.persisted.labels, at: BlobPlace.label) {
      VocabularyCoding.encode(LabelSet([$0]))
    }
    try insert("batch", vocabulary.batches, after: &state.persisted.batches, at: BlobPlace.batch) {
      $0.bytes
    }
  }

  private func insert<Value>(
    _ table: String, _ values: Interned<Value>, after count: inout Int,
    at place: (Int) -> BlobPlace, encode: (Value) -> [UInt8]
  ) throws {
    guard values.count > count else { return }
    let statement = try RawStatement(database, "INSERT INTO \(table) VALUES (?, ?)")
    for number in count..<values.count {
      statement.bind(Int64(number), at: 1)
      statement.bind(checked: encode(values.values[number]), of: place(number), at: 2)
      try statement.run()
    }
    count = values.count
  }
}
