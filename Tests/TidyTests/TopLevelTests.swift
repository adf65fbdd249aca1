import Foundation
import Testing

/// What may stand at the top of the repository.
enum TopLevel {
  static let allowed: Set<String> = [
    "Package.swift", "Sources", "Tests", "Schema", "Tools", "README.md", "LICENSE", ".ci",
    ".swift-format", ".gitignore", ".git",
  ]

  /// What builds and editors leave there; git ignores it.
  static let untracked: Set<String> = [".build", ".swiftpm", "DerivedData", "Package.resolved"]

  static func findings(in names: [String]) -> [String] {
    names.filter { name in
      !allowed.contains(name) && !untracked.contains(name) && !name.hasPrefix(".build-")
        && !name.hasSuffix(".xcodeproj")
    }.sorted()
  }
}

@Suite struct TopLevelTests {
  @Test func `the top of the repository has only what belongs there`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.top.path())
    #expect(names.contains("Package.swift"))
    #expect(TopLevel.findings(in: names).isEmpty)
  }

  @Test func `another name is found`() {
    let names = ["Sources", "notes.txt", ".build", ".build-tsan", "build", "Package.resolved"]
    #expect(TopLevel.findings(in: names) == ["build", "notes.txt"])
  }
}
