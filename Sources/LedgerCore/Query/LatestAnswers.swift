/// Keeps of each customer's answers the latest inside each window (METRICS §2.1).
///
/// Which is the latest shows only when all are in, so answers are held until then. The order is that of occurred
/// time, then recorded time, then the address of the response: total, so that every ledger keeps the same one.
/// Answers on different scales do not compete: one that a definition cannot read must not displace one that it can.
package struct LatestAnswers: Sendable {
  private struct Key: Hashable {
    var customer: CustomerID
    var touchpoint: String
    var period: Int32
    var scale: Int64
  }

  private struct Held {
    var order: Order
    /// Of one response: several attributes of an index, or several questions of one scale.
    var contributions: [Contribution]
  }

  private struct Order: Comparable {
    var occurred: Int64
    var recorded: Int64
    var log: LogID
    var seq: UInt64

    static func < (left: Order, right: Order) -> Bool {
      (left.occurred, left.recorded, left.log, left.seq)
        < (right.occurred, right.recorded, right.log, right.seq)
    }
  }

  private let isByTouchpoint: Bool
  private var respondent: Respondent?
  private var held: [Key: Held] = [:]

  /// Nil where every answer counts.
  init?(_ dedupe: Dedupe) {
    switch dedupe {
    case .all: return nil
    case .latestPerCustomerPerWindow: isByTouchpoint = false
    case .latestPerTouchpoint: isByTouchpoint = true
    }
  }

  /// The answers that follow are this respondent's.
  mutating func begin(_ respondent: Respondent) {
    self.respondent = respondent
  }

  /// True when the answer is held; false when it needs no comparison: nobody knows whose it is.
  mutating func hold(_ contribution: Contribution, period: Int32) -> Bool {
    guard let respondent, !respondent.isAnonymous else { return false }
    let key = Key(
      customer: respondent.customer, touchpoint: isByTouchpoint ? respondent.touchpoint : "",
      period: period, scale: contribution.scale)
    let order = Order(
      occurred: contribution.occurred, recorded: respondent.recorded,
      log: respondent.address.log, seq: respondent.address.seq)
    take(Held(order: order, contributions: [contribution]), for: key)
    return true
  }

  /// Takes in what another worker has held.
  mutating func take(_ other: LatestAnswers) {
    for (key, held) in other.held { take(held, for: key) }
  }

  /// What is left, ordered by customer and window.
  var contributions: [Contribution] {
    held.sorted { left, right in
      (left.key.customer, left.key.period, left.key.touchpoint, left.key.scale)
        < (right.key.customer, right.key.period, right.key.touchpoint, right.key.scale)
    }.flatMap(\.value.contributions)
  }

  private mutating func take(_ new: Held, for key: Key) {
    guard let old = held[key], old.order >= new.order else {
      held[key] = new
      return
    }
    if old.order == new.order { held[key]?.contributions += new.contributions }
  }
}

extension Measure {
  /// Whether its contributions are answers of a response, which dedupe compares.
  var isOfAnswers: Bool {
    switch self {
    case .nps, .csat, .ces, .csi, .csiRespondent: true
    case .responses, .invitations, .ticketFirstResponse, .ticketFirstResolution,
      .ticketFullResolution, .ticketSolved, .ticketOpen, .ticketUnanswered, .points, .conflicts:
      false
    }
  }
}

extension Contribution {
  /// What sets answers on one scale apart from those on another; the attributes of an index belong together.
  fileprivate var scale: Int64 {
    switch measure {
    case .nps, .csat, .ces: bucket >> 32
    case .csi, .csiRespondent, .responses, .invitations, .ticketFirstResponse,
      .ticketFirstResolution, .ticketFullResolution, .ticketSolved, .ticketOpen, .ticketUnanswered,
      .points, .conflicts:
      0
    }
  }
}
