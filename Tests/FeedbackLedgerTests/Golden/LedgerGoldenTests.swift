import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// A ledger file as this format's first version wrote it, with the scores that were read from it then. Whatever becomes
/// of the derived part, such a file opens, verifies and scores the same for ever.
@Suite struct LedgerGoldenTests {
  private static let file = "format-1.ledger.gz"
  private static let answers = "format-1.txt"

  @Test(.enabled(if: Fixtures.areMadeAgain, "SCOREBOOK_MAKE_FIXTURES=1 makes it again."))
  func `make the ledger again`() throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: 20_260_301, branches: 2, folder: folder)
    for ledger in world.ledgers { try Self.recordTexts(at: ledger) }
    try world.run(steps: 60)
    try world.converge()
    _ = try world.authority.publish(ScoreRequest(metric: "nps"), title: "First quarter")
    _ = try world.authority.erase([.identifier(namespace: "email", value: "c1@example.org")])
    try world.converge()
    #expect(try world.authority.backup(to: folder.path("golden.ledger")).findings.isEmpty)
    try Fixtures.gzip(
      "-9nc", URL(filePath: folder.path("golden.ledger")), to: Fixtures.url(Self.file))
    let clock = try world.authority.store.read { $1.clock }
    try Fixtures.write(
      try Self.heads(of: world.authority) + Self.scores(of: world.authority, at: .clock(clock)),
      to: Self.answers)
  }

  @Test func `a ledger of the first format opens, verifies and scores as it did`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("copy.ledger")
    try Fixtures.gzip("-dc", Fixtures.url(Self.file), to: URL(filePath: path))
    var finding: OpenFinding?
    let ledger = try Ledger.open(at: path) { finding = $0 }
    #expect(finding == .copied)
    let expected = try Fixtures.lines(Self.answers)
    let heads = expected.filter { $0.hasPrefix("head ") }
    #expect(heads.count == 3)
    // The copy has begun a log of its own; the golden ones stand as they were.
    #expect(try Set(Self.heads(of: ledger)).isSuperset(of: heads))
    let clock = try Self.clock(heads)
    let scores = expected.filter { !$0.hasPrefix("head ") }
    #expect(try Self.scores(of: ledger, at: .clock(clock)) == scores)
    let report = try ledger.verify()
    #expect(report.findings.isEmpty)
    #expect(report.texts == 6)
    try ledger.rebuild()
    #expect(try Self.scores(of: ledger, at: .clock(clock)) == scores)
    let reference = try Reference(of: ledger)
    expect(
      try StoreCounters(ledger).replayed(.clock(clock)), equal: reference.counters(at: clock),
      "golden")
  }

  /// Two customers' comments at each site; one of the customers is erased later.
  private static func recordTexts(at ledger: Ledger) throws {
    for (customer, count) in [("c1", 1), ("kept", 2)] {
      var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
      draft.customer = .identifier(namespace: "email", value: "\(customer)@example.org")
      draft.texts = (0..<count).map { number in
        EventDraft.Text(field: .comment, text: "\(customer) said \(number) at \(ledger.site)")
      }
      _ = try ledger.record([draft])
    }
  }

  private static func heads(of ledger: Ledger) throws -> [String] {
    try ledger.heads().map { "head \($0.head.log) \($0.head.size) \($0.head.root)" }
  }

  private static func clock(_ heads: [String]) throws -> VectorClock {
    try VectorClock(
      heads.map { line in
        let parts = line.split(separator: " ")
        let log = try #require(LogID(hexadecimal: parts[1]))
        return Address(log: log, seq: try #require(UInt64(parts[2])))
      })
  }

  /// The digest, and every metric by site and month.
  private static func scores(of ledger: Ledger, at point: PointInTime) throws -> [String] {
    var lines: [String] = []
    for metric in BuiltInMetrics.all.map(\.id) {
      let table = try ledger.score(
        ScoreRequest(metric: metric, groupings: [.site, .month], at: point))
      if lines.isEmpty { lines.append("digest \(table.digest)") }
      lines += table.rows.map { row in
        let counts = row.score.counts.map { "\($0.name)=\($0.value)" }
        let interval = "[\(row.score.lowText(decimals: 9)), \(row.score.highText(decimals: 9))]"
        return ([metric, "\(row.group)", row.score.text(decimals: 9), interval] + counts)
          .joined(separator: " ")
      }
    }
    return lines
  }
}
