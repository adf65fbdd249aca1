/// Whether a customer who answers twice counts twice. Anonymous responses are never deduplicated.
public enum Dedupe: String, Sendable, Hashable, CaseIterable {
  /// One response, one vote.
  case all
  /// The latest response of each customer inside the window; for relationship surveys.
  case latestPerCustomerPerWindow
  /// The latest response of each customer at each touchpoint; for transactional surveys.
  case latestPerTouchpoint

  /// Whether the counters of a window are the sum of those of its days. If not, which response is
  /// the latest depends on the window, and only a replay of that window counts right.
  public var isSumOverDays: Bool {
    switch self {
    case .all: true
    case .latestPerCustomerPerWindow, .latestPerTouchpoint: false
    }
  }
}
