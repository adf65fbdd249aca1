package import FeedbackLedger
import LedgerCore

/// What `/metrics` says, in Prometheus' text format 0.0.4. It names logs and sites, and never a customer.
package enum PrometheusText {
  package static func text(_ counters: HubCounters, _ figures: LedgerFigures) -> String {
    var page = Page()
    page.family("scorebook_events", "gauge", "Events held, by log.")
    for log in figures.logs { page.sample("scorebook_events", log.labels, Double(log.events)) }
    page.family("scorebook_events_pending", "gauge", "Events held that count nothing, by log.")
    for log in figures.logs {
      page.sample("scorebook_events_pending", log.labels, Double(log.pending))
    }
    page.family("scorebook_lag_seconds", "gauge", "Since something of the site last came here.")
    for site in figures.sites {
      page.sample("scorebook_lag_seconds", [("site", site.site)], site.lagSeconds)
    }
    page.family("scorebook_quarantined", "gauge", "Refused entries that are kept.")
    page.sample("scorebook_quarantined", [], Double(figures.quarantined))
    page.family("scorebook_forks", "gauge", "Logs that are proven to have forked.")
    page.sample("scorebook_forks", [], Double(figures.forks))
    page.add(counters)
    return page.text
  }

  private struct Page {
    var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
      let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
      let number = value == value.rounded() ? String(Int64(value)) : String(value)
      text += name + (list.isEmpty ? "" : "{\(list)}") + " \(number)\n"
    }

    mutating func add(_ counters: HubCounters) {
      family("scorebook_sync_sessions_total", "counter", "Sessions that were begun.")
      sample("scorebook_sync_sessions_total", [], Double(counters.sessions))
      family("scorebook_requests_total", "counter", "Requests that were answered as asked.")
      for (path, count) in counters.answered.sorted(by: { $0.key < $1.key }) {
        sample("scorebook_requests_total", [("path", path)], Double(count))
      }
      family("scorebook_failures_total", "counter", "Requests that were refused or failed.")
      for (path, count) in counters.failed.sorted(by: { $0.key < $1.key }) {
        sample("scorebook_failures_total", [("path", path)], Double(count))
      }
      family("scorebook_requests_sent_away_total", "counter", "Refused because all were busy.")
      sample("scorebook_requests_sent_away_total", [], Double(counters.requestsSentAway))
      family("scorebook_body_bytes", "gauge", "Of large bodies and answers, in memory.")
      sample("scorebook_body_bytes", [], Double(counters.bodyBytes))
      add(counters.latency)
    }

    private mutating func add(_ histogram: LatencyHistogram) {
      let name = "scorebook_request_seconds"
      family(name, "histogram", "How long requests took.")
      var total = 0
      for (index, count) in histogram.counts.enumerated() {
        total += count
        let bounds = LatencyHistogram.bounds
        let bound = index < bounds.count ? String(bounds[index]) : "+Inf"
        sample("\(name)_bucket", [("le", bound)], Double(total))
      }
      sample("\(name)_sum", [], histogram.sumSeconds)
      sample("\(name)_count", [], Double(total))
    }

    private static func escaped(_ value: String) -> String {
      value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
    }
  }
}

extension LedgerFigures.Log {
  fileprivate var labels: [(String, String)] { [("log", log.description), ("site", site)] }
}
