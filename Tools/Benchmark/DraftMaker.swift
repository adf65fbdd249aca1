import FeedbackLedger
import LedgerCore
import LedgerSchema

/// Turns the generator's events into drafts.
///
/// - An answer becomes a submitted response with a recommendation (0–10) and a satisfaction answer (1–5), its comment a
///   detached text. A correction restates both answers and the occurred time.
/// - Labels stand on what opens an item: channel, stage, product, and in a log that several sites share the site.
/// - A customer is a pseudonym made from the generator's number by a fixed mixing function: real ones are keyed hashes,
///   which the benchmark leaves out as the peers have none.
struct DraftMaker {
  /// One log for all sites: the site must be said with each event.
  let labelsSite: Bool

  /// The generator's codes, as they are.
  private static let codes = (0..<20).map { String($0) }
  static let siteNames = (0..<27).map { $0 < 10 ? "site-0\($0)" : "site-\($0)" }

  /// `itemAddress`: where the ledger has the event that opened the item.
  func draft(of event: GeneratedEvent, itemAddress: Address?) -> EventDraft {
    var draft = EventDraft(
      Self.body(of: event), occurrence: .exact(Instant(milliseconds: event.occurred)),
      customer: .pseudonym(Self.customer(event.customer)))
    if let itemAddress {
      draft.item = .known(ItemID(openedAt: itemAddress))
      // A correction states the response's time in its body; it occurred itself when it was recorded.
      if event.kind == .corrected || event.kind == .retracted { draft.occurrence = nil }
    } else {
      draft.labels = [
        "channel": Self.codes[event.channel], "stage": Self.codes[event.stage],
        "product": Self.codes[event.product],
      ]
    }
    if labelsSite { draft.labels[Label.site] = Self.siteNames[event.place.site] }
    if !event.comment.isEmpty {
      draft.texts = [EventDraft.Text(field: .comment, text: event.comment)]
    }
    return draft
  }

  private static func body(of event: GeneratedEvent) -> Scorebook_V1_Event.OneOf_Body {
    switch event.kind {
    case .answered:
      var response = Scorebook_V1_SurveyResponseSubmitted()
      response.survey = "visit"
      response.answers = answers(of: event)
      return .surveyResponseSubmitted(response)
    case .corrected:
      var correction = Scorebook_V1_SurveyResponseCorrected()
      correction.answers = answers(of: event)
      correction.occurredUs = event.occurred * 1_000
      return .surveyResponseCorrected(correction)
    case .retracted: return .surveyResponseRetracted(Scorebook_V1_SurveyResponseRetracted())
    case .ticketOpened: return .ticketOpened(Scorebook_V1_TicketOpened())
    case .ticketReplied: return .ticketAgentReplied(Scorebook_V1_TicketAgentReplied())
    case .ticketResolved: return .ticketResolved(Scorebook_V1_TicketResolved())
    case .pointsEarned:
      var earned = Scorebook_V1_PointsEarned()
      earned.points = Int64(event.place.seq % 100 + 1)
      return .pointsEarned(earned)
    case .pointsRedeemed:
      var redeemed = Scorebook_V1_PointsRedeemed()
      redeemed.points = Int64(event.place.seq % 20 + 1)
      return .pointsRedeemed(redeemed)
    }
  }

  private static func answers(of event: GeneratedEvent) -> [Scorebook_V1_Answer] {
    var recommendation = Scorebook_V1_Answer()
    recommendation.question = "nps"
    recommendation.metric = .nps
    recommendation.scaleMax = 10
    recommendation.value = event.nps
    var satisfaction = Scorebook_V1_Answer()
    satisfaction.question = "csat"
    satisfaction.metric = .csat
    satisfaction.scaleMin = 1
    satisfaction.scaleMax = 5
    satisfaction.value = event.csat
    return [recommendation, satisfaction]
  }

  private static func customer(_ number: Int64) -> CustomerID {
    CustomerID(high: mixed(UInt64(number)), low: mixed(~UInt64(number)))
  }

  /// Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
