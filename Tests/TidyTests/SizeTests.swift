import Testing

@Suite struct SizeTests {
  @Test func `files, lines and functions keep to their size`() {
    #expect(SourceTree.swiftFiles.flatMap(SizeRules.findings).isEmpty)
  }

  @Test func `the exceptions are still there`() {
    let long = SourceTree.swiftFiles.flatMap { file in
      FunctionLengths.functions(in: file).map { "\(file.path): \($0.declaration)" }
    }
    #expect(SizeRules.tables.subtracting(long).isEmpty)
  }

  @Test func `a file of 400 lines passes and one of 401 does not`() {
    #expect(SizeRules.findings(in: file(String(repeating: "\n", count: 400))).isEmpty)
    #expect(SizeRules.findings(in: file(String(repeating: "\n", count: 401))).count == 1)
  }

  @Test func `a line of 120 characters passes and one of 121 does not`() {
    #expect(SizeRules.findings(in: file(String(repeating: "a", count: 120))).isEmpty)
    #expect(SizeRules.findings(in: file(String(repeating: "a", count: 121))).count == 1)
  }

  @Test(arguments: [
    "func score()", "@Test func `a law`()", "private static func f() throws", "init?(text: String)",
    "public init(a: Int)", "subscript(name: String) -> Int?", "var description: String",
    "func long(\n    a: Int\n  ) throws -> Int", "func `open`<T>(_: T)\n  where T: Hashable",
  ])
  func `a function of 40 lines passes and one of 41 does not`(declaration: String) {
    let ownLines = declaration.count { $0 == "\n" } + 2
    #expect(functionFindings(declaration, bodyLines: 40 - ownLines).isEmpty)
    #expect(functionFindings(declaration, bodyLines: 41 - ownLines).count == 1)
  }

  @Test func `a requirement and a body on one line have no length`() {
    let text = "protocol P {\n  func f()\n  var a: Int { get }\n}\nfunc g() { f() }\n"
    #expect(FunctionLengths.functions(in: file(text)).isEmpty)
  }

  private func functionFindings(_ declaration: String, bodyLines: Int) -> [String] {
    let body = String(repeating: "    call()\n", count: bodyLines)
    return SizeRules.findings(in: file("struct S {\n  \(declaration) {\n\(body)  }\n}\n"))
  }

  private func file(_ text: String) -> SourceFile {
    SourceFile(path: "Sources/LedgerCore/Bad.swift", text: text)
  }
}
