/// One line of the generator's event files.
struct GeneratedEvent {
  /// What the generator calls `kind`.
  enum Kind: Int64 {
    case answered = 0
    case corrected, retracted, ticketOpened, ticketReplied, ticketResolved, pointsEarned,
      pointsRedeemed
  }

  /// Names an event, and the thing it opened: a site and a position in that site's log.
  struct Place: Hashable {
    var site: Int
    /// From 1, gapless in each site.
    var seq: Int
  }

  var place: Place
  /// Milliseconds since 1970 UTC.
  var recorded: Int64
  var occurred: Int64
  var kind: Kind
  var customer: Int64
  /// The event that opened the response or the ticket; for points the event itself.
  var item: Place
  /// Of answers and corrections only.
  var nps: Int32
  var csat: Int32
  var channel: Int
  var stage: Int
  var product: Int
  /// Empty where there is none.
  var comment: String
}
