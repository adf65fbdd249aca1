/// Why a score changed between two cuts, in the order in which the parts are taken out (METRICS §3.3).
public enum Cause: Hashable, Sendable {
  /// Known at the first cut, but not at the second: only where the first is not inside the second.
  case notKnown
  case corrected
  case retracted
  /// Retracted because the customer asked to be removed.
  case erased
  case reinstated
  /// A whole import batch was voided.
  case voided
  /// Two pseudonyms turned out to be one person, whose answers are compared.
  case mergedIdentity
  /// A merge was undone.
  case unmergedIdentity
  /// Occurred before the first cut's instant, known only after it; by site.
  case late(site: String)
  /// Occurred after the first cut's instant; by site.
  case new(site: String)
  /// Logs that began or ceased to count.
  case membership
  case reattributed
  /// The same events, read by another version of the definition.
  case definitionChanged

  /// The place in the order; late and new events of several sites stand side by side, by name.
  var rank: Int {
    switch self {
    case .notKnown: 0
    case .corrected: 1
    case .retracted: 2
    case .erased: 3
    case .reinstated: 4
    case .voided: 5
    case .mergedIdentity: 6
    case .unmergedIdentity: 7
    case .late: 8
    case .new: 9
    case .membership: 10
    case .reattributed: 11
    case .definitionChanged: 12
    }
  }

  /// The site of a late or new part; else empty.
  public var site: String {
    switch self {
    case .late(let site), .new(let site): site
    case .notKnown, .corrected, .retracted, .erased, .reinstated, .voided, .mergedIdentity,
      .unmergedIdentity, .membership, .reattributed, .definitionChanged:
      ""
    }
  }

  /// One word or two.
  public var name: String {
    switch self {
    case .notKnown: "not known"
    case .corrected: "corrected"
    case .retracted: "retracted"
    case .erased: "erased"
    case .reinstated: "reinstated"
    case .voided: "voided"
    case .mergedIdentity: "merged identity"
    case .unmergedIdentity: "unmerged identity"
    case .late: "late"
    case .new: "new"
    case .membership: "membership"
    case .reattributed: "re-attributed"
    case .definitionChanged: "definition changed"
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
  init?(_ kind: RowKind, _ flags: EventRow.Flags) {
    switch kind {
    case .responseRetracted where flags.contains(.erasure): self = .erased
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
