import FeedbackLedger
import LedgerHTTP
import Metrics
import MetricsTestKit
import TestSupport
import Testing

/// Whoever embeds a hub sees what it does in a metrics system of its own.
@Suite struct `The metrics system of a process` {
  /// There is one for a process, chosen once.
  private static let metrics: TestMetrics = {
    let metrics = TestMetrics()
    MetricsSystem.bootstrap(metrics)
    return metrics
  }()

  @Test func `is told of each request`() async throws {
    let metrics = Self.metrics
    let (hub, branch) = try Hub.withBranch(seed: 51)
    try branch.recordAnswers(3)
    try await Hub.serving(hub) { server in
      try await Hub.blocking {
        let connection = try HubConnection(
          branch, to: HubAddress(server.url()), trust: .system)
        defer { try? connection.close() }
        _ = try HubSync(branch, connection).run()
      }
    }
    let answered = try metrics.expectCounter(
      "scorebook_requests_total", [("path", HubPath.hello)])
    #expect(answered.totalValue > 0)
    let seconds = try metrics.expectTimer("scorebook_request_seconds")
    #expect(seconds.values.count >= Int(answered.totalValue))
  }
}
