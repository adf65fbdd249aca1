import Metrics

/// What a hub tells the metrics system of the process that it runs in, which whoever embeds one may have chosen; by
/// default nothing is kept. The names are those of `/metrics`, and so are the paths.
enum HubMetrics {
  /// `path`: as ``HubPath/known(_:)`` gives it.
  static func report(_ path: String, isAnswered: Bool, seconds: Double) {
    let label = isAnswered ? "scorebook_requests_total" : "scorebook_failures_total"
    Counter(label: label, dimensions: [("path", path)]).increment()
    Timer(label: "scorebook_request_seconds").recordSeconds(seconds)
  }
}
