import Testing

@Suite struct SQLTests {
  @Test func `every table is strict and every column has a comment`() {
    let files = SourceTree.files.filter { $0.path.hasSuffix(".sql") }
    #expect(!files.isEmpty)
    #expect(files.flatMap(SQLRules.findings).isEmpty)
  }

  @Test func `a table that keeps the rules passes`() {
    let text = """
      -- One row a log.
      CREATE TABLE IF NOT EXISTS log (
        id INTEGER PRIMARY KEY, -- local, dense
        -- 16 bytes
        name BLOB NOT NULL UNIQUE
          CHECK (length(name) = 16),
        seq INTEGER NOT NULL CHECK (seq >= 1), -- (1-based
        UNIQUE (name, seq),
        FOREIGN KEY (id) REFERENCES other (id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX by_name ON log (name);
      CREATE VIEW heads AS
        SELECT name
        FROM log;
      """
    #expect(findings(text).isEmpty)
  }

  @Test func `a table that is not strict is found`() {
    #expect(findings("CREATE TABLE a (\n  id INTEGER -- dense\n);\n").count == 1)
    #expect(findings("CREATE TABLE a (\n  id INTEGER -- STRICT\n) WITHOUT ROWID;\n").count == 1)
    #expect(findings("create table a (id INTEGER); -- dense\n").count == 1)
  }

  @Test func `a column without a comment is found`() {
    let text = "CREATE TABLE a (\n  id INTEGER, -- dense\n  name TEXT\n) STRICT;\n"
    #expect(findings(text) == ["Schema/SQL/a.sql:3: a column without a comment"])
  }

  private func findings(_ text: String) -> [String] {
    SQLRules.findings(in: SourceFile(path: "Schema/SQL/a.sql", text: text))
  }
}
