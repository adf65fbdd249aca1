public import LedgerCore

/// How a score got from one cut to another.
public struct Explanation: Sendable {
  /// One cause: what it did to the score, all earlier causes taken in.
  public struct Part: Sendable {
    /// What the step took in.
    public let cause: Cause
    /// The score after this step.
    public let score: Score
    /// `score.value` less the value before; nil when either has none.
    public let effect: Double?
    /// How many items it touched.
    public let items: Int
    /// Empty unless asked for.
    public let events: [Event]
  }

  /// One item behind a part.
  public struct Event: Sendable {
    /// The events of the step that moved it.
    public let addresses: [Address]
    /// The response, ticket or lot of points; where a customer's answers are compared, one of them, or the merge.
    public let item: ItemID
    /// The customer whose answers are compared, by the smallest of the pseudonyms that are one person at either cut;
    /// nil for an item by itself.
    public let customer: CustomerID?
    /// The place it is counted for.
    public let site: String
    /// What the item adds to the score's counters before and after, as readable text; `–` for nothing.
    public let before: String
    /// As `before`.
    public let after: String
    package let contributionsBefore: [Contribution]
    package let contributionsAfter: [Contribution]
  }

  /// What was asked.
  public let request: ScoreRequest
  /// How the score is read out at the second point in time.
  public let definition: MetricDefinition
  /// At the first point in time.
  public let first: Score
  /// Names the first cut.
  public let firstDigest: Digest256
  /// At the second point in time.
  public let second: Score
  /// Names the second cut.
  public let secondDigest: Digest256
  /// In the order of METRICS §3.3; their effects sum to the change.
  public let parts: [Part]

  /// Nil when either score has no value.
  public var change: Double? {
    guard let first = first.value, let second = second.value else { return nil }
    return second - first
  }
}
