/// What is counted. Several metrics read one measure: NPS and its mean read the same histogram of raw values.
///
/// The numbers are stored in the kept counters: change them only together with the derived version.
public enum Measure: UInt8, Sendable, CaseIterable, Hashable {
  /// Answers to recommendation questions; bucket: `AnswerBucket` of the raw value.
  case nps = 1
  /// Answers to satisfaction questions; bucket: `AnswerBucket` of the raw value.
  case csat = 2
  /// Answers to effort questions; bucket: `AnswerBucket` of the *ease*, min + max − raw where a high number is effort.
  case ces = 3
  /// Answers to index attributes; bucket: slot number · 2^32 + raw value.
  case csi = 4
  /// Responses by their index attributes; bucket: attributes answered · 2^32 + sum of their raw values.
  case csiRespondent = 5
  /// Responses that count; bucket 0 complete, 1 partial.
  case responses = 6
  /// Invitations by the day they were sent; bucket: `InvitationBucket`.
  case invitations = 7
  /// Tickets by their opening; bucket: seconds to the first public reply of a human.
  case ticketFirstResponse = 8
  /// Tickets by their first solve; bucket: seconds from the opening to it.
  case ticketFirstResolution = 9
  /// Tickets by their last solve; bucket: seconds from the opening to it.
  case ticketFullResolution = 10
  /// Tickets by their first solve; bucket: `SolvedBucket`.
  case ticketSolved = 11
  /// +1 when a ticket opens or reopens, −1 when it is solved; bucket 0. Its running sum is the backlog.
  case ticketOpen = 12
  /// Tickets by their opening that have no public reply; bucket 0.
  case ticketUnanswered = 13
  /// Points by the day they moved; bucket: `PointsBucket`, weight: points.
  case points = 14
  /// Concurrent writes to one fact, by the item's day; bucket 0.
  case conflicts = 15
}

/// Packs a scale and a value into one bucket, so that answers on different scales are never mixed.
public struct AnswerBucket: Hashable, Sendable {
  /// The lowest value that can be answered.
  public let scaleMin: Int16
  /// The highest value that can be answered.
  public let scaleMax: Int16
  /// The answer.
  public let value: Int32

  /// Ends of a scale beyond 16 bits are cut to them.
  public init(scaleMin: Int32, scaleMax: Int32, value: Int32) {
    self.scaleMin = Int16(clamping: scaleMin)
    self.scaleMax = Int16(clamping: scaleMax)
    self.value = value
  }

  /// Reads what `rawValue` packs.
  public init(rawValue: Int64) {
    scaleMin = Int16(truncatingIfNeeded: rawValue >> 48)
    scaleMax = Int16(truncatingIfNeeded: rawValue >> 32)
    value = Int32(truncatingIfNeeded: rawValue)
  }

  /// As it is stored: ascending by scale, then by value for values that are not negative.
  public var rawValue: Int64 {
    Int64(scaleMin) << 48 | Int64(UInt16(bitPattern: scaleMax)) << 32
      | Int64(UInt32(bitPattern: value))
  }
}

/// The two halves of a CSI bucket.
public struct IndexBucket: Hashable, Sendable {
  /// A slot number, or how many attributes were answered.
  public let key: UInt32
  /// The answer.
  public let value: Int32

  /// Takes both as they are.
  public init(key: UInt32, value: Int32) {
    self.key = key
    self.value = value
  }

  /// Reads what `rawValue` packs.
  public init(rawValue: Int64) {
    key = UInt32(truncatingIfNeeded: rawValue >> 32)
    value = Int32(truncatingIfNeeded: rawValue)
  }

  /// As it is stored: ascending by scale, then by value for values that are not negative.
  public var rawValue: Int64 { Int64(key) << 32 | Int64(UInt32(bitPattern: value)) }
}

/// The buckets of `Measure.invitations`.
public enum InvitationBucket {
  /// Invitations sent.
  public static let sent: Int64 = 0
  /// Not bounced, not suppressed.
  public static let delivered: Int64 = 1
  /// Delivered, with at least one scored response.
  public static let responded: Int64 = 2
}

/// The buckets of `Measure.ticketSolved`.
public enum SolvedBucket {
  /// Tickets solved at least once.
  public static let tickets: Int64 = 0
  /// Of these, tickets reopened at least once.
  public static let reopenedTickets: Int64 = 1
  /// Reopenings, all of them.
  public static let reopens: Int64 = 2
}

/// The buckets of `Measure.points`.
public enum PointsBucket {
  /// Earned.
  public static let issued: Int64 = 0
  /// Spent, by the day they were spent.
  public static let redeemed: Int64 = 1
  /// Lapsed.
  public static let expired: Int64 = 2
  /// Awards undone.
  public static let awardReversed: Int64 = 3
  /// Redemptions undone.
  public static let redemptionReversed: Int64 = 4
  /// Corrected by hand, signed.
  public static let adjusted: Int64 = 5
  /// Redeemed, by the day the lot was earned; points without a stated lot count on the day of the redemption.
  public static let redeemedOfLot: Int64 = 6
}
