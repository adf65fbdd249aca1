import LedgerCore
import LedgerStore
import Testing

@Suite struct ContactTableTests {
  private let log = LogID(high: 1, low: 2)

  private func instant(_ microseconds: Int64) -> Instant { Instant(microseconds: microseconds) }

  @Test func `keeps the last time, and the last word about a clock`() throws {
    try Store.memory(zone: .utc).exclusively { database in
      let table = ContactTable(database)
      #expect(try table.last(of: log) == nil && table.told(by: log) == nil)
      // A word that comes late is older, and who tells nothing takes nothing back.
      for (at, skew) in [(70, nil), (80, -9), (75, 5), (90, nil)] as [(Int64, Int64?)] {
        try table.note(Contact(log: log, at: instant(at), skew: skew), site: "HN", received: 1)
      }
      #expect(try table.last(of: log) == instant(90))
      #expect(try table.told(by: log).map { [$0.skew, $0.at.microseconds] } == [-9, 80])
      let other = LogID(high: 1, low: 3)
      #expect(try table.last(of: other) == nil && table.told(by: other) == nil)
    }
  }

  /// A torn file may hold anything.
  @Test(arguments: ["", "-9", "nine 80", "-9223372036854775808 1", "9 80 7"])
  func `takes what is no word about a clock for none`(text: String) throws {
    try Store.memory(zone: .utc).exclusively { database in
      let table = ContactTable(database)
      try table.note(Contact(log: log, at: instant(80), skew: 9), site: "HN", received: 0)
      let statement = try RawStatement(
        database, "UPDATE setting SET value = ? WHERE name = 'clock_skew/\(log)'")
      statement.bind(Array(text.utf8), at: 1)
      try statement.run()
      #expect(try table.told(by: log) == nil)
    }
  }
}
