import FeedbackLedger
import LedgerCore
import LedgerSchema

/// Answers to a few questions, on scales that differ at times.
enum RandomAnswers {
  static func some(using random: inout SplitMix64) -> [Scorebook_V1_Answer] {
    var answers: [Scorebook_V1_Answer] = []
    func value(_ scale: ClosedRange<Int32>) -> Int32? {
      Int.random(in: 0..<8, using: &random) == 0 ? nil : Int32.random(in: scale, using: &random)
    }
    if Int.random(in: 0..<3, using: &random) > 0 { answers.append(Bodies.nps(value(0...10))) }
    if Bool.random(using: &random) {
      answers.append(Bodies.answer("satisfied", value(1...5), .csat, 1...5))
    }
    if Int.random(in: 0..<3, using: &random) == 0 {
      let isEffort = Bool.random(using: &random)
      answers.append(
        Bodies.answer("effort", value(1...7), .ces, 1...7, lowerIsBetter: isEffort))
    }
    for attribute in ["speed", "staff", "price"] where Int.random(in: 0..<3, using: &random) == 0 {
      let weight: UInt32 = Bool.random(using: &random) ? 0 : 2_000
      answers.append(
        Bodies.answer(attribute, value(1...10), .csi, 1...10, weightMilli: weight))
    }
    if answers.isEmpty { answers.append(Bodies.answer("age", value(0...99), .other, 0...99)) }
    return answers
  }
}

/// When customers acted, as sources claim it.
enum RandomMoments {
  static func instant(near now: Instant, using random: inout SplitMix64) -> Instant {
    let seconds = Int64.random(in: -2_600_000...3_600, using: &random)
    return Instant(microseconds: now.microseconds + seconds * 1_000_000)
  }

  static func some(near now: Instant, using random: inout SplitMix64) -> Occurrence? {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .unknown
    case 1: .day(CivilDay(utcMidnight: instant(near: now, using: &random).microseconds))
    case 2, 3, 4: .exact(instant(near: now, using: &random))
    default: nil
    }
  }
}

enum RandomTickets {
  static func turn(using random: inout SplitMix64) -> Bodies.Body {
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: Bodies.replied()
    case 2: Bodies.replied(.bot)
    case 3, 4: .ticketResolved(.init())
    case 5, 6: .ticketReopened(.init())
    case 7: .ticketClosed(.init())
    case 8:
      Bodies.status(
        [.open, .pending, .solved, .closed].randomElement(using: &random) ?? .open)
    default:
      Int.random(in: 0..<3, using: &random) == 0
        ? .ticketMerged(.init()) : .ticketCustomerMessaged(.init())
    }
  }

  static func snapshot(near now: Instant, using random: inout SplitMix64) -> Bodies.Body {
    var snapshot = Scorebook_V1_TicketSnapshotImported()
    func time() -> Int64 { RandomMoments.instant(near: now, using: &random).microseconds }
    if Int.random(in: 0..<6, using: &random) > 0 { snapshot.openedUs = time() }
    if Bool.random(using: &random) { snapshot.firstRepliedUs = time() }
    if Bool.random(using: &random) { snapshot.firstResolvedUs = time() }
    if Bool.random(using: &random) { snapshot.lastResolvedUs = time() }
    snapshot.reopens = UInt32.random(in: 0...2, using: &random)
    snapshot.daysOnly = Int.random(in: 0..<4, using: &random) == 0
    return .ticketSnapshotImported(snapshot)
  }
}

enum RandomPoints {
  static func draft(near now: Instant, using random: inout SplitMix64) -> EventDraft {
    let points = Int64.random(in: 1...500, using: &random)
    let lots =
      Bool.random(using: &random)
      ? [] : [(points: (points + 1) / 2, earned: RandomMoments.instant(near: now, using: &random))]
    let body: Bodies.Body =
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: Bodies.earned(points)
      case 2, 3: Bodies.redeemed(points, from: lots)
      case 4: .pointsExpired(expired(points))
      default: .pointsReversed(reversed(points, using: &random))
      }
    // Both tills of one account draw on the same item.
    let account = String(Int.random(in: 0..<6, using: &random))
    return EventDraft(
      body, item: .external(kind: "account", source: "till", id: account),
      occurrence: RandomMoments.some(near: now, using: &random))
  }

  private static func expired(_ points: Int64) -> Scorebook_V1_PointsExpired {
    var expired = Scorebook_V1_PointsExpired()
    expired.points = points
    return expired
  }

  private static func reversed(
    _ points: Int64, using random: inout SplitMix64
  ) -> Scorebook_V1_PointsReversed {
    var reversed = Scorebook_V1_PointsReversed()
    reversed.points = points
    reversed.redemption = Bool.random(using: &random)
    return reversed
  }
}
