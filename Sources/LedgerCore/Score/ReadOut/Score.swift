/// A number, with what is needed to judge it: how sure it is, what it was divided by, and what was
/// left out.
public struct Score: Sendable, Hashable {
  /// A whole number behind the score, by name.
  public struct Count: Sendable, Hashable {
    /// `promoters`, `n`, `reopens`.
    public let name: String
    /// In whatever is counted.
    public let value: Int64
  }

  /// A further number beside the score, by name.
  public struct Figure: Sendable, Hashable {
    /// `p90`, or the question of an attribute.
    public let name: String
    /// In the unit of the score unless the name says otherwise.
    public let value: Double
  }

  /// The id of the definition.
  public let definition: String
  /// The version of the definition.
  public let definitionVersion: UInt32
  /// Of the value and of both ends.
  public let unit: MetricUnit
  /// How many decimals are shown unless something else is asked for.
  public let decimals: Int
  /// Not rounded; nil exactly when `n` is 0 or a note says why there is none. Never NaN.
  public let value: Double?
  /// The lower end of the 95 % interval, or of that asked for; nil without a value, and where no
  /// interval is defined. At most the value.
  public let low: Double?
  /// The upper end. At least the value.
  public let high: Double?
  /// What it was divided by: valid answers, delivered invitations, tickets. For sums of points, how
  /// many points moved.
  public let n: Int64
  /// In a fixed order for each kind of read-out.
  public let counts: [Count]
  /// In a fixed order for each kind of read-out; empty without a value.
  public let figures: [Figure]
  /// What a reader has to know before trusting the number.
  public let notes: [ScoreNote]
  /// Whether there is a value, but over fewer than the definition's `minimumCount`.
  public let isBelowStability: Bool

  /// 0 for a count that the read-out does not have.
  public subscript(count name: String) -> Int64 {
    counts.first { $0.name == name }?.value ?? 0
  }

  /// Nil for a figure that the score does not have.
  public subscript(figure name: String) -> Double? {
    figures.first { $0.name == name }?.value
  }
}

extension Score {
  init(_ definition: MetricDefinition, _ reading: Reading) {
    self.definition = definition.id
    definitionVersion = definition.version
    unit = definition.unit
    decimals = definition.decimals
    value = reading.value
    low = reading.interval?.low
    high = reading.interval?.high
    n = reading.n
    counts = reading.counts
    figures = reading.value == nil ? [] : reading.figures
    notes = reading.notes
    isBelowStability =
      reading.value != nil && reading.stabilityCount ?? reading.n < definition.minimumCount
  }
}

/// A score before its definition is put to it.
struct Reading {
  var value: Double?
  var interval: ValueInterval?
  var n: Int64
  /// Held against the threshold of stability; nil: n.
  var stabilityCount: Int64?
  var counts: [Score.Count]
  var figures: [Score.Figure] = []
  var notes: [ScoreNote] = []

  /// A value, with its interval where it has one.
  init(
    _ value: Double?, _ interval: ValueInterval? = nil, n: Int64,
    counts: KeyValuePairs<String, Int64>
  ) {
    self.value = value
    self.interval = interval
    self.n = n
    self.counts = counts.map { Score.Count(name: $0.key, value: $0.value) }
  }

  /// No value, and the reason.
  init(without note: ScoreNote) {
    self.init(nil, n: 0, counts: [:])
    notes = [note]
  }
}
