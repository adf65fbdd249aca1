import Testing

@Suite struct SwitchTests {
  @Test func `no switch over what happened hides a new kind`() {
    let files = SourceTree.swiftFiles.filter { $0.path.hasPrefix("Sources/") }
    #expect(files.flatMap(SwitchRules.findings).isEmpty)
  }

  @Test(arguments: [
    ("LedgerCore", "switch byte {\ncase 1: a()\ndefault: b()\n}"),
    ("LedgerCore", "switch byte {\ncase 1: a()\ndefault: b()  // bad\n}"),
    ("LedgerStore", "  switch event.body {\n  case .a: a()\n  default: break\n  }"),
    ("FeedbackLedger", "  let a = switch row.kind {\n  case .a: 1\n  default: 2\n  }"),
    ("ScorebookCLI", "switch eventKind {\ncase .a:\n  switch 1 {}\ndefault:\n  b()\n}"),
  ])
  func `a default without its reason is found`(module: String, text: String) {
    let file = SourceFile(path: "Sources/\(module)/A.swift", text: text)
    #expect(SwitchRules.findings(in: file).count == 1)
  }

  @Test(arguments: [
    ("LedgerCore", "switch byte {\ncase 1: a()\ndefault: b()  // Digits are ASCII.\n}"),
    ("LedgerStore", "switch code {\ncase 1: a()\ndefault: b()\n}"),
    ("LedgerStore", "switch event.body {\ncase .a: a()\ndefault: break  // Moves nothing.\n}"),
    ("LedgerStore", "/// default: of a body\nlet a = \"default:\""),
  ])
  func `a default with its reason, or over open values, is not`(module: String, text: String) {
    let file = SourceFile(path: "Sources/\(module)/A.swift", text: text)
    #expect(SwitchRules.findings(in: file).isEmpty)
  }
}
