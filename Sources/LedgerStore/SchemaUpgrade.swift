import GRDB
import LedgerSchema

/// Brings the canonical part of an older file to this version. Entries are not touched.
enum SchemaUpgrade {
  /// One transaction; nothing where another process has done it meanwhile.
  static func run(in database: Database) throws {
    try database.inTransaction(.immediate) {
      guard try Int.fetchOne(database, sql: "PRAGMA user_version") == 1 else { return .commit }
      // Version 2: what a peer says of its clock. The text of a table that was altered would be another one than that
      // of a new file, so it is made anew.
      try database.execute(
        sql: """
          ALTER TABLE contact RENAME TO former_contact;
          \(SchemaText.contact)
          INSERT INTO contact SELECT log, site, last_us, NULL, received FROM former_contact;
          DROP TABLE former_contact;
          PRAGMA user_version = 2;
          """)
      return .commit
    }
  }
}
