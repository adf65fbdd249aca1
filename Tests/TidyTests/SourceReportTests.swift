import Testing

@Suite struct SourceReportTests {
  @Test func `sizes and comments are reported by module`() {
    let report = SourceReport.lines(of: SourceTree.swiftFiles)
    #expect(!report.isEmpty)
    for line in report {
      print("tidy: \(line)")
    }
    let core = SourceTree.swiftFiles.filter { $0.module == "LedgerCore" }
    if SourceReport.commentPercent(of: core) < 20 {
      print(
        "tidy: LedgerCore: less than 20 % of its lines are comments; clocks and folds need their why"
      )
    }
  }

  @Test(arguments: [
    "Package.swift", "Sources/LedgerCore/Event/EventKind.swift", "Schema/SQL/log.sql", "Tools/test",
    ".ci/run", "Tests/TidyTests/SourceReportTests.swift",
  ])
  func `the rules see every kind of source`(path: String) {
    #expect(SourceTree.files.contains { $0.path == path })
  }

  @Test func `a median above 120 lines is marked`() {
    let long = SourceFile(path: "Sources/A/B.swift", text: String(repeating: "a\n", count: 121))
    #expect(
      SourceReport.lines(of: [long]) == [
        "A: 1 files, median 121 lines (more than 120), 0 % comments"
      ])
  }

  @Test func `the share counts lines that are only a comment`() {
    let file = SourceFile(
      path: "Sources/A/B.swift", text: "// Why.\n\nlet a = 1 // not this\n  /// b\n")
    #expect(SourceReport.commentPercent(of: [file]) == 66)
    #expect(SourceReport.median([]) == 0)
    #expect(SourceReport.median([3, 1, 2]) == 2)
  }
}
