import Testing

@Suite struct WordTests {
  @Test func `no file has a forbidden word`() {
    let files = SourceTree.files.filter { !WordRules.isExempt($0) }
    #expect(files.flatMap(WordRules.findings).isEmpty)
  }

  @Test(arguments: [
    "let a = try! f()", "let a = b as! C", "nonisolated(unsafe) var a = 1", "fatalError()",
    "let a = b!", "let a = b!.c", "f()!", "a[0]!", "var a: Int!", "f(a!, b)", "a?.b!",
    "// TODO: later", "// FIXME", "/* XXX */", "let path = \"/work/file\"", "// see /home/me/file",
    "final class A: @unchecked Sendable {}", "}\nfinal class A: @unchecked Sendable {}",
  ])
  func `a forbidden word is found`(text: String) {
    #expect(WordRules.findings(in: SourceFile(path: "Sources/A/B.swift", text: text)).count == 1)
  }

  @Test(arguments: [
    "if a != b {}", "guard !a else { return }", "f(!a)", "let text = \"stop!\"", "// stop!",
    "let text = \"\"\"\n  stop!\n  try! again\n  \"\"\"", "let a = try? f()", "let a = \"try!\"",
    "// It is immutable.\nfinal class A: @unchecked Sendable {}", "let url = \"a/work/b\"",
    "let a = b ?? !c", "#expect(!a)",
  ])
  func `what only looks like one is not found`(text: String) {
    #expect(WordRules.findings(in: SourceFile(path: "Sources/A/B.swift", text: text)).isEmpty)
  }

  @Test(arguments: ["Utils", "SyncHelpers", "LogManager", "Helper+Time"])
  func `a vague file name is found`(name: String) {
    let file = SourceFile(path: "Sources/A/\(name).swift", text: "")
    #expect(WordRules.findings(in: file).count == 1)
  }

  @Test func `scripts are searched too`() {
    let file = SourceFile(path: "Tools/run", text: "cd /home/someone\n")
    #expect(WordRules.findings(in: file).count == 1)
  }
}
