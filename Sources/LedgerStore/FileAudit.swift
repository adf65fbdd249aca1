package import GRDB
import LedgerCore

/// What SQLite itself can tell of a file, and what it cannot: its check passes over schema text.
package struct FileAudit {
  /// SQLite's own findings; empty for a sound file.
  package let problems: [String]
  /// Schema objects whose text is not this version's, or that are missing or foreign.
  package let alteredSchema: [String]

  package init(_ database: Database) throws {
    problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)").filter {
      $0 != "ok"
    }
    let expected = try Store.memory(zone: .utc).read { database, _ in
      try Self.schema(database)
    }
    let found = try Self.schema(database)
    alteredSchema = Set(expected.keys).union(found.keys).sorted().filter {
      expected[$0] != found[$0]
    }
  }

  private static func schema(_ database: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT type || ' ' || name AS name, coalesce(sql, '') AS sql FROM sqlite_schema")
    return Dictionary(
      rows.map { ($0["name"] as String, $0["sql"] as String) }, uniquingKeysWith: { $1 })
  }
}
