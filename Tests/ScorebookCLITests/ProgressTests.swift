import Foundation
import Testing

/// A line that moves is for people who look on; a log file gets none.
@Suite struct ProgressTests {
  /// To the beginning of the line, which is cleared.
  private static let again = "\r\u{1B}[K"

  @Test func `a sync says how far it is on a terminal, and nothing of that in a pipe`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", [])
    for site in ["HN", "DN"] {
      try place.succeed("invite", site, "--url", hub.url, "-o", "\(site).invite")
      try place.succeed("join", "\(site).invite", "\(site).ledger")
    }
    try place.file("lines.jsonl", Samples.longLines(250))
    try place.succeed("ingest", "lines.jsonl", "--ledger", "HN.ledger")
    // `script` makes a terminal, for standard output and standard error alike.
    let shown = try place.shell("script -qec 'scorebook sync --ledger HN.ledger' /dev/null")
    #expect(shown.status == 0, "\(shown.output)")
    let steps = shown.output.components(separatedBy: Self.again).dropFirst()
    #expect(steps.count > 2, "\(shown.output)")
    // Before there is anything to count: a hub may take its time.
    #expect(steps.first == "asking 127.0.0.1:\(hub.port)", "\(steps.first ?? "")")
    for step in steps.dropFirst().dropLast() {
      #expect(step.wholeMatch(of: #/received \d+ events, sent \d+/#) != nil, "\(step)")
    }
    // The result takes the place of the last one, and stays.
    let result = steps.last ?? ""
    #expect(result.contains(" events from HQ, sent ") && result.contains(", refused 0, took "))
    let quiet = try place.shell("set -o pipefail; scorebook sync --ledger DN.ledger 2>&1 | cat")
    #expect(quiet.status == 0, "\(quiet.output)")
    #expect(!quiet.output.contains("\u{1B}") && !quiet.output.contains("\r"))
    let first = quiet.lines.first ?? ""
    #expect(first.firstMatch(of: #/^received 2\d\d events from HQ, sent /#) != nil, "\(first)")
    #expect(hub.stop() == 0)
  }
}
