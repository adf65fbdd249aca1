package import FeedbackLedger
import LedgerSchema
import LedgerStore

/// Every row of every derived table as text.
package enum TableDump {
  package static func views(of ledger: Ledger) throws -> [String: [String]] {
    try ledger.store.read { database, _ in
      var tables: [String: [String]] = [:]
      for table in SchemaText.viewTables {
        var columns: [String] = []
        try database.forEachRow("PRAGMA table_info(\(table))") { columns.append($0.text(1)) }
        let texts = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ' ' || ")
        var rows: [String] = []
        try database.forEachRow("SELECT \(texts) FROM \(table)") { rows.append($0.text(0)) }
        tables[table] = rows.sorted()
      }
      return tables
    }
  }
}
