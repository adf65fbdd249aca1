import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerStore
import TestSupport
import Testing

/// What a hub tells whoever watches it: numbers that were counted, and whether it can be asked at
/// all.
@Suite struct `What a hub counts` {
  private let folder: TemporaryFolder
  private let world: World
  private let branch: Ledger
  private var hub: Ledger { world.authority }

  init() throws {
    folder = try TemporaryFolder()
    (world, branch) = try Hub.withBranch(seed: 65, in: folder)
  }

  @Test func `of the ledger: events of each log, lag, forks, and what was refused`() async throws {
    let log = branch.log
    try branch.recordAnswers(20)
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      let twin = try Twin.of(
        branch, named: "twin.ledger", in: folder, surroundings: world.sites[1].clock.surroundings)
      try branch.recordAnswers(3)
      try twin.recordAnswers(4)
      for ledger in [branch, twin, branch, twin] { try await server.sync(ledger) }
      let day = 86_400.0
      world.sites[0].clock.turn(seconds: 10 * Int64(day))
      let page = try await MetricsPage(of: server)
      for (head, site, counted) in try hub.heads() {
        let labels = "{log=\"\(head.log)\",site=\"\(site)\"}"
        #expect(page["scorebook_events\(labels)"] == Double(head.size))
        #expect(page["scorebook_events_pending\(labels)"] == Double(head.size - counted))
      }
      let labels = "{log=\"\(log)\",site=\"branch\"}"
      #expect(page["scorebook_events\(labels)"] >= 20 + 3)
      #expect(page["scorebook_events_pending\(labels)"] >= 3)
      // By this machine's clock: the branch's own may be wrong, and its last event old when it comes.
      let lag = page["scorebook_lag_seconds{site=\"branch\"}"]
      #expect(10 * day <= lag && lag < 10 * day + 60, "\(lag) s")
      #expect(!page.has("scorebook_lag_seconds{site=\"\(hub.site)\"}"))
      #expect(page["scorebook_forks"] == 1)
      let quarantined = try hub.sites().reduce(0) { $0 + $1.quarantined }
      #expect(quarantined >= 4)
      #expect(page["scorebook_quarantined"] == Double(quarantined))
    }
  }

  @Test func `of its work: sessions, answers, failures, and how long all of them took`()
    async throws
  {
    try await Hub.serving(hub) { server in
      for _ in 0..<3 { try await server.sync(branch) }
      let before = try await MetricsPage(of: server)
      // Nothing is new: one hello says so.
      try await server.sync(branch)
      let unsigned =
        "POST \(HubPath.hello) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n"
        + "Connection: close\r\n\r\n"
      #expect(try await server.status(of: Array(unsigned.utf8)) == 401)
      for _ in 0..<2 {
        let answer = try await server.page("/nowhere")
        #expect(answer.hasPrefix("HTTP/1.1 404 "))
      }
      let after = try await MetricsPage(of: server)
      func grown(_ name: String) -> Double { after[name] - before[name] }
      #expect(grown("scorebook_sync_sessions_total") == 1)
      #expect(grown("scorebook_requests_total{path=\"\(HubPath.hello)\"}") == 1)
      #expect(grown("scorebook_failures_total{path=\"\(HubPath.hello)\"}") == 1)
      #expect(before["scorebook_failures_total{path=\"other\"}"] == 0)
      #expect(after["scorebook_failures_total{path=\"other\"}"] == 2)
      // Every request took its time, whatever came of it.
      let all =
        after.sum(of: "scorebook_requests_total{") + after.sum(of: "scorebook_failures_total{")
      #expect(after["scorebook_request_seconds_count"] == all)
      #expect(after["scorebook_request_seconds_bucket{le=\"+Inf\"}"] == all)
      #expect(grown("scorebook_request_seconds_count") >= 1 + 1 + 2)
      #expect(grown("scorebook_request_seconds_sum") > 0)
    }
  }

  @Test func `with no hand free it is alive and not ready, and says when to come again`()
    async throws
  {
    try await Hub.serving(hub, limits: .busy(retryAfterSeconds: 7)) { server in
      let health = try await server.page(HubPath.health)
      #expect(health.hasPrefix("HTTP/1.1 200 "))
      let answer = try await server.page(HubPath.readiness)
      #expect(answer.hasPrefix("HTTP/1.1 503 "))
      #expect(answer.lowercased().contains("retry-after: 7"))
    }
  }

  @Test func `with a ledger that cannot be read it is alive and not ready`() async throws {
    try await Hub.serving(hub) { server in
      let before = try await server.page(HubPath.readiness)
      #expect(before.hasPrefix("HTTP/1.1 200 "))
      try hub.store.run("DROP TABLE quarantine")
      let after = try await server.page(HubPath.readiness)
      #expect(after.hasPrefix("HTTP/1.1 500 "))
      let health = try await server.page(HubPath.health)
      #expect(health.hasPrefix("HTTP/1.1 200 "))
    }
  }
}

/// The samples of Prometheus text at one moment.
private struct MetricsPage {
  private var samples: [String: Double] = [:]

  init(of server: Hub) async throws {
    let text = try await server.page(HubPath.metrics)
    for line in text.split(separator: "\n") where line.hasPrefix("scorebook_") {
      guard let space = line.lastIndex(of: " "),
        let value = Double(line[line.index(after: space)...])
      else { continue }
      samples[String(line[..<space])] = value
    }
  }

  /// By its name and labels, as they are written; 0 for one that is not there.
  subscript(name: String) -> Double { samples[name] ?? 0 }

  func has(_ name: String) -> Bool { samples[name] != nil }

  /// Of all whose names and labels begin so.
  func sum(of beginning: String) -> Double {
    samples.filter { $0.key.hasPrefix(beginning) }.reduce(0) { $0 + $1.value }
  }
}
