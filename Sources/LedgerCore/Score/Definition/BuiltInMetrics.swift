/// The definitions that every ledger knows without an event.
public enum BuiltInMetrics {
  /// All of them, in the order in which a report shows them.
  public static let all: [MetricDefinition] = surveys + index + tickets + loyalty

  /// Nil for a name that is none of theirs; then ``suggestions(for:)`` may help.
  public static func definition(_ id: String) -> MetricDefinition? {
    all.first { $0.id == id }
  }

  /// The ids that a mistyped name may have meant, at most three, the nearest first. Empty if none
  /// is near.
  ///
  /// `published`: ids that may be meant as well.
  public static func suggestions(for name: String, published: [String] = []) -> [String] {
    NearestNames.of(name, among: all.map(\.id) + published)
  }

  private static let surveys = [
    sample("nps", "Net Promoter Score", .net(.nps)),
    sample("nps.mean", "Mean recommendation", .mean(.nps)),
    sample("csat.top2", "Satisfied customers (top 2)", .topBox(.csat)),
    sample("csat.mean", "Mean satisfaction", .mean(.csat)),
    sample("ces.mean", "Mean ease", .mean(.ces)),
    sample("ces.top3", "Easy for the customer (top 3)", .topBox(.ces)),
    sample("ces.net", "Net ease", .effortNet(.ces, .easeLessDifficulty)),
    sample("ces.netDifficulty", "Net difficulty", .effortNet(.ces, .difficultyLessEase)),
    sample("survey.responseRate", "Response rate", .responseRate),
  ]

  private static let index = [
    sample("csi.equal", "Satisfaction index", .index(.equal)),
    sample("csi.weighted", "Satisfaction index, weighted", .index(.weighted)),
    sample("csi.respondent", "Satisfaction index, mean of respondents", .index(.respondent)),
    sample("csi.pooled", "Satisfaction index, all answers pooled", .index(.pooled)),
  ]

  private static let tickets = [
    sample("ticket.frt", "First response time", .duration(.firstResponse, .median)),
    sample(
      "ticket.firstResolution", "Time to first resolution", .duration(.firstResolution, .median)),
    sample("ticket.fullResolution", "Time to full resolution", .duration(.fullResolution, .median)),
    sample("ticket.reopenRate", "Reopened tickets", .reopenRate),
    count("ticket.backlog", "Open tickets", .backlog),
  ]

  private static let loyalty = [
    count("loyalty.issued", "Points issued", .points(.issued)),
    count("loyalty.redeemed", "Points redeemed", .points(.redeemed)),
    count("loyalty.outstanding", "Points outstanding", .points(.outstanding)),
    count("loyalty.redemptionRate", "Points redeemed of those issued", .redemptionRate),
  ]

  private static func sample(_ id: String, _ title: String, _ readOut: ReadOut) -> MetricDefinition
  {
    MetricDefinition(
      builtIn: id, title, readOut, minimumCount: MetricDefinition.minimumCountDefault)
  }

  /// A count is no sample, so no n makes it more stable.
  private static func count(_ id: String, _ title: String, _ readOut: ReadOut) -> MetricDefinition {
    MetricDefinition(builtIn: id, title, readOut, minimumCount: 0)
  }
}
