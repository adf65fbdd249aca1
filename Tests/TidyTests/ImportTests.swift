import Testing

@Suite struct ImportTests {
  @Test func `every module imports only what the design allows it`() {
    #expect(SourceTree.swiftFiles.flatMap(ImportTable.findings).isEmpty)
  }

  @Test func `every module is in the table`() {
    let modules = Set(SourceTree.swiftFiles.compactMap(\.module))
    #expect(modules.subtracting(ImportTable.allowed.keys).isEmpty)
  }

  @Test(arguments: [
    "import Foundation", "public import GRDB", "  package import struct Foundation.Data",
    "@preconcurrency import Logging", "@_spi(Internal) internal import Foundation",
  ])
  func `an import that the core must not have is found`(line: String) {
    let file = SourceFile(path: "Sources/LedgerCore/Clock/Bad.swift", text: "// One\n\(line)\n")
    #expect(ImportTable.findings(in: file).count == 1)
  }

  @Test(arguments: ["import LedgerSchema", "// import Foundation", "let text = \"import GRDB\""])
  func `what the core may say is not found`(line: String) {
    let file = SourceFile(path: "Sources/LedgerCore/Clock/Good.swift", text: line)
    #expect(ImportTable.findings(in: file).isEmpty)
  }

  @Test func `a module that is not in the table may import nothing`() {
    let file = SourceFile(path: "Sources/Elsewhere/File.swift", text: "import LedgerCore")
    #expect(ImportTable.findings(in: file).count == 1)
  }
}
