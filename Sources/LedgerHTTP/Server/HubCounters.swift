/// What a hub has done since it was started.
package struct HubCounters: Sendable {
  /// Requests that were answered as asked, and those that were not, by path.
  package var answered: [String: Int] = [:]
  package var failed: [String: Int] = [:]
  /// Sessions, as begun by a hello; one that lacks something after its push begins a second time.
  package var sessions: Int { HubPath.beginnings.reduce(0) { $0 + (answered[$1] ?? 0) } }
  package var latency = LatencyHistogram()
  package var requestsSentAway = 0
  /// Of bodies and answers that are in memory just now, the small ones not counted.
  package var bodyBytes = 0

  package init() {}

  mutating func count(_ path: String, isAnswered: Bool, seconds: Double) {
    if isAnswered {
      answered[path, default: 0] += 1
    } else {
      failed[path, default: 0] += 1
    }
    latency.add(seconds: seconds)
  }
}

/// How long requests took, in buckets as Prometheus has them.
package struct LatencyHistogram: Sendable {
  /// Upper bounds in seconds; the last bucket has none.
  package static let bounds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]

  package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  package private(set) var sumSeconds = 0.0

  package init() {}

  package var count: Int { counts.reduce(0, +) }

  package mutating func add(seconds: Double) {
    counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    sumSeconds += seconds
  }
}
