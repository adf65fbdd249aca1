import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// Laws 1 and 4 do not lean on the order in which SQLite happens to return rows.
@Suite struct `Laws under reversed selects` {
  @Test(arguments: Seeds.all)
  func `rows that come in reverse where no order is asked for change nothing`(seed: UInt64) throws {
    // In memory there is one connection, so the setting holds for every read and write.
    var world = try World(seed: seed)
    for ledger in world.ledgers { try ledger.store.run("PRAGMA reverse_unordered_selects = ON") }
    try world.run(steps: 20)
    try world.converge()
    #expect(try world.authority.store.texts("PRAGMA reverse_unordered_selects") == ["1"])
    let reference = try Reference(of: world.authority)
    let answers = try scores(of: world.authority)
    for ledger in world.ledgers {
      ledger.store.dropCache()
      try expectSameAnswers(as: reference, from: ledger)
      #expect(try scores(of: ledger) == answers)
      let reversed = try TableDump.views(of: ledger)
      try ledger.store.run("PRAGMA reverse_unordered_selects = OFF")
      try ledger.rebuild()
      let straight = try TableDump.views(of: ledger)
      for table in reversed.keys.sorted() {
        #expect(straight[table] == reversed[table], "\(table) at \(ledger.site)")
      }
    }
  }
}
