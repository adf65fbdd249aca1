/// Why a score changed between two cuts, in the order in which the parts are taken out (METRICS §3.3).
public enum Cause: Hashable, Sendable {
  /// Known at the first cut, but not at the second: only where the first is not inside the second.
  case notKnown
  case corrected
  case retracted
  case reinstated
  /// A whole import batch was voided.
  case voided
  case mergedIdentity
  /// Occurred before the first cut's instant, known only after it; by site.
  case late(site: String)
  /// Occurred after the first cut's instant; by site.
  case new(site: String)
  /// Logs that began or ceased to count.
  case membership
  case reattributed

  /// The place in the order; late and new events of several sites stand side by side, by name.
  var rank: Int {
    switch self {
    case .notKnown: 0
    case .corrected: 1
    case .retracted: 2
    case .reinstated: 3
    case .voided: 4
    case .mergedIdentity: 5
    case .late: 6
    case .new: 7
    case .membership: 8
    case .reattributed: 9
    }
  }

  /// The site of a late or new part; else empty.
  public var site: String {
    switch self {
    case .late(let site), .new(let site): site
    case .notKnown, .corrected, .retracted, .reinstated, .voided, .mergedIdentity, .membership,
      .reattributed:
      ""
    }
  }

  /// One word or two.
  public var name: String {
    switch self {
    case .notKnown: "not known"
    case .corrected: "corrected"
    case .retracted: "retracted"
    case .reinstated: "reinstated"
    case .voided: "voided"
    case .mergedIdentity: "merged identity"
    case .late: "late"
    case .new: "new"
    case .membership: "membership"
    case .reattributed: "re-attributed"
    }
  }
}

extension Cause: Comparable {
  /// By the order of the steps, then by site.
  public static func < (left: Cause, right: Cause) -> Bool {
    (left.rank, left.site) < (right.rank, right.site)
  }
}

extension Cause {
  /// The cause that an event of a kind is, apart from its time.
  init?(_ kind: RowKind) {
    switch kind {
    case .responseCorrected, .responseCompleted: self = .corrected
    case .responseRetracted: self = .retracted
    case .responseReinstated: self = .reinstated
    case .responseReattributed: self = .reattributed
    case .notFolded, .unknown, .context, .invitationSent, .invitationDelivered, .invitationBounced,
      .responseSubmitted, .ticketOpened, .ticketReplied, .ticketResolved, .ticketReopened,
      .ticketClosed, .ticketStatusChanged, .ticketSnapshot, .ticketMerged, .pointsEarned,
      .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted:
      return nil
    }
  }
}
