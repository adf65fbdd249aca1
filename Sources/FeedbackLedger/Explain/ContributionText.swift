import LedgerCore

/// Says what an item adds to a score, for people: `9`, `4 of csat`, `3600 s`, `–`.
struct ContributionText {
  /// A sink of the query: what it admits belongs to the score.
  let sink: QuerySink
  let vocabulary: Vocabulary

  func text(of contributions: [Contribution]) -> String {
    let inside = contributions.filter { $0.measure != .conflicts && sink.admits($0) }
    return inside.isEmpty ? "–" : inside.map(word).joined(separator: ", ")
  }

  private func word(_ contribution: Contribution) -> String {
    switch contribution.measure {
    case .nps, .csat, .ces: String(AnswerBucket(rawValue: contribution.bucket).value)
    case .csi:
      "\(vocabulary.slots[IndexBucket(rawValue: contribution.bucket).key].question) "
        + "\(IndexBucket(rawValue: contribution.bucket).value)"
    case .csiRespondent: "\(IndexBucket(rawValue: contribution.bucket).key) attributes"
    case .ticketFirstResponse, .ticketFirstResolution, .ticketFullResolution:
      "\(contribution.bucket) s"
    case .points: "\(contribution.weight) points"
    case .invitations: ["sent", "delivered", "responded"][Int(min(max(contribution.bucket, 0), 2))]
    case .ticketSolved: ["solved", "reopened", "reopens"][Int(min(max(contribution.bucket, 0), 2))]
    case .ticketOpen: contribution.weight > 0 ? "open" : "solved"
    case .ticketUnanswered: "unanswered"
    case .responses: "response"
    case .conflicts: "conflict"
    }
  }
}
