/// An event as the fold reads it, as far as it can be known without the ledger that it comes to: everything but the
/// numbers that the ledger gives. So it can be made on another core than the one that appends.
package struct ProjectedEvent: Sendable {
  /// With labels, batch and payload range still 0.
  package internal(set) var row = EventRow.none
  /// Nil for a kind that is not folded: it is counted nowhere, so its labels are not looked up.
  var labels: LabelSet?
  var batch: ItemID?
  /// What the payload refers to by number, and where in it the number goes.
  var reference: Reference?
  var referenceOffset = 0
  var payload: [UInt8] = []

  enum Reference: Sendable {
    case shape(AnswerShape)
    case label(Label)
  }

  mutating func refer(to reference: Reference) {
    self.reference = reference
    referenceOffset = payload.count
  }

  /// The row with the numbers of `vocabulary`; its payload is appended to `payload`. `position` and `item` are still 0
  /// (the store numbers them).
  package func row(
    at place: Projector.Place, vocabulary: inout Vocabulary, payload arena: inout [UInt8]
  ) -> EventRow {
    var row = row
    row.log = place.logNumber
    row.seq = UInt32(clamping: place.address.seq)
    row.stamp = place.stamp
    row.payloadOffset = UInt32(arena.count)
    switch reference {
    case nil: arena.append(contentsOf: payload)
    case .shape(let shape): append(vocabulary.intern(shape), to: &arena)
    case .label(let label): append(vocabulary.intern(label), to: &arena)
    }
    row.payloadCount = UInt32(arena.count) - row.payloadOffset
    if let labels { row.labels = vocabulary.intern(labels) }
    if let batch { row.batch = vocabulary.intern(batch: batch) }
    return row
  }

  private func append(_ number: UInt32, to arena: inout [UInt8]) {
    arena.append(contentsOf: payload[..<referenceOffset])
    ByteCoding.append(UInt64(number), to: &arena)
    arena.append(contentsOf: payload[referenceOffset...])
  }
}
