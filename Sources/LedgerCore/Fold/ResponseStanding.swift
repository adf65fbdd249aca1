/// A response, with its invitation, as its history inside a cut leaves it.
struct ResponseStanding {
  /// One answer that stands; nil value: asked, not answered.
  struct Answer {
    var slot: UInt32
    var value: Int32?
    /// Which event of the history wrote it.
    var writer: Int
  }

  var opener: EventRow?
  var labels: UInt32 = 0
  var customer = EventRow.none.customer
  var moment = Moment(occurred: EventRow.unknownTime, day: EventRow.unknownDay, isDayOnly: false)
  var isPartial = false
  /// Filled only where several events write answers; a single writer's are read from its payload.
  var answers: [Answer] = []
  var singleWriter: EventRow?
  var isRetracted = false
  /// Writes to one fact of which neither had seen the other.
  var conflicts: Int64 = 0

  var invitation: EventRow?
  var isBounced = false
  var isDelivered = false

  /// Whether its answers are scored.
  var counts: Bool {
    guard let opener else { return false }
    return !isRetracted && !opener.flags.contains(.excluded)
  }
}
