/// Collects what a subject contributes under a query: only answers of its population, and where a customer's answers
/// are compared, those that are left inside the window.
struct SubjectSink: ContributionSink {
  private var query: QuerySink
  private var latest: LatestAnswers?
  private var others: [Contribution] = []

  init(_ query: CounterQuery, _ sink: QuerySink) {
    self.query = sink
    latest = LatestAnswers(query.dedupe)
  }

  var contributions: [Contribution] { others + (latest?.contributions ?? []) }

  mutating func begin(_ respondent: @autoclosure () -> Respondent) -> Bool {
    guard latest != nil else { return query.begin(respondent()) }
    let respondent = respondent()
    latest?.begin(respondent)
    return query.begin(respondent)
  }

  func wants(slot: UInt32) -> Bool { query.wants(slot: slot) }

  mutating func add(_ contribution: Contribution) {
    guard latest != nil, contribution.measure.isOfAnswers else {
      others.append(contribution)
      return
    }
    guard let period = query.period(of: contribution) else { return }
    if latest?.hold(contribution, period: period) != true { others.append(contribution) }
  }
}
