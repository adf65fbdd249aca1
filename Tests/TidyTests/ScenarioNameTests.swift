import Testing

/// What has gone wrong elsewhere is numbered from 1 to 24, and each number is in the name of a test that proves it.
@Suite struct ScenarioNameTests {
  private static let scenarios = 1...24

  @Test func `every scenario has a test named after it`() {
    let files = SourceTree.swiftFiles.filter { $0.path.hasPrefix("Tests/") }
    #expect(Self.missing(in: files).isEmpty)
  }

  @Test func `a number counts in the name of a test only, and not as a part of another`() {
    func missing(_ line: String) -> [Int] {
      Self.missing(in: [SourceFile(path: "Tests/A.swift", text: line)])
    }
    let all = Array(Self.scenarios)
    #expect(missing("  @Test func `scenario 3: a hub`() {") == all.filter { $0 != 3 })
    #expect(
      missing("  func `scenario 11 and scenario 23: a`(") == all.filter { ![11, 23].contains($0) })
    #expect(missing("  @Test func `scenario 12: a`() {") == all.filter { $0 != 12 })
    #expect(missing("  // scenario 3: a hub") == all)
    #expect(missing("  let name = \"func `scenario 3: a`\"") == all)
    #expect(missing("  func `scenario 33: a`() {") == all)
  }

  /// The numbers that are in no test's name.
  private static func missing(in files: [SourceFile]) -> [Int] {
    let names = files.flatMap { $0.lines }.compactMap { line in
      line.firstMatch(of: #/^\s*(?:@Test.*\s)?func `(scenario [^`]*)`/#).map { String($0.1) }
    }
    let named = names.flatMap { name in
      name.prefix { $0 != ":" }.matches(of: #/scenario (\d+)/#).compactMap { Int($0.1) }
    }
    return scenarios.filter { !named.contains($0) }
  }
}
