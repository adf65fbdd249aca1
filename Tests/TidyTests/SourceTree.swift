import Foundation

/// One text file of the repository.
struct SourceFile: Sendable {
  /// From the top of the repository: `Sources/LedgerCore/Time/Instant.swift`.
  let path: String
  let lines: [String]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Without the empty one after the last line break.
  var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

  var isSwift: Bool { path.hasSuffix(".swift") }

  /// Made by a program from other sources; no house rule applies.
  var isGenerated: Bool { path.hasPrefix("Schema/Generated/") }

  /// `Sources/<module>/…` and `Schema/…`; nil for tests, tools and the rest.
  var module: String? {
    let parts = path.split(separator: "/")
    if parts.first == "Schema" { return "LedgerSchema" }
    return parts.first == "Sources" && parts.count > 2 ? String(parts[1]) : nil
  }
}

/// The repository this test was compiled in.
enum SourceTree {
  static let top = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What the rules are about: everything under these folders that is text.
  static let folders = ["Package.swift", "Sources", "Tests", "Schema", "Tools", ".ci"]

  /// Ascending by path, so that findings come in the same order on every machine.
  static let files: [SourceFile] = folders.flatMap(files(under:)).sorted { $0.path < $1.path }

  static let swiftFiles = files.filter { $0.isSwift && !$0.isGenerated }

  private static func files(under folder: String) -> [SourceFile] {
    if let file = file(at: folder) { return [file] }
    let names = FileManager.default.enumerator(atPath: top.appending(path: folder).path())
    return (names?.compactMap { $0 as? String } ?? []).compactMap { file(at: "\(folder)/\($0)") }
  }

  /// Nil for folders and for what is not UTF-8.
  private static func file(at path: String) -> SourceFile? {
    guard let text = try? String(contentsOf: top.appending(path: path), encoding: .utf8) else {
      return nil
    }
    return SourceFile(path: path, text: text)
  }
}
