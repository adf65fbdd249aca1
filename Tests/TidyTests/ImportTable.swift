/// Which module may import which: the arrows of the design, as data.
///
/// The manifest says what a target links; only this table says that the core is pure. A module that is not in it may
/// import nothing.
enum ImportTable {
  private static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]
  private static let system: Set<String> = [
    "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization",
  ]

  static let allowed: [String: Set<String>] = [
    "LedgerSchema": ["SwiftProtobuf"] + foundation,
    "LedgerCore": ["LedgerSchema", "SwiftProtobuf", "Crypto", "RealModule"],
    "LedgerStore": [
      "LedgerCore", "LedgerSchema", "GRDB", "GRDBSQLite", "CLedgerSQLite", "Crypto",
      "SwiftProtobuf",
    ]
      + foundation + system,
    "LedgerSync": ["LedgerCore", "LedgerSchema", "SwiftProtobuf"],
    "FeedbackLedger": [
      "LedgerCore", "LedgerSchema", "LedgerStore", "LedgerSync", "CZstandard", "Yams",
      "SwiftProtobuf", "Crypto",
    ] + foundation + system,
    "ScorebookCLI": ["FeedbackLedger", "LedgerCore", "LedgerHTTP", "CAllocator", "ArgumentParser"]
      + foundation + system,
    "LedgerHTTP": [
      "FeedbackLedger", "LedgerCore", "LedgerSchema", "LedgerSync", "AsyncHTTPClient", "Crypto",
      "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "Metrics",
      "NIOCore", "NIOHTTP1", "NIOSSL", "RawStructuredFieldValues", "ServiceLifecycle", "SwiftASN1",
      "X509",
    ] + foundation + system,
  ]

  static func findings(in file: SourceFile) -> [String] {
    guard let module = file.module, !file.isGenerated else { return [] }
    let names = allowed[module] ?? []
    return CodeOnly.lines(of: file).enumerated().compactMap { index, line in
      guard let name = imported(by: line), !names.contains(name) else { return nil }
      return "\(file.path):\(index + 1): \(module) may not import \(name)"
    }
  }

  /// The module that the line imports: of `package import struct Foundation.Data` it is Foundation.
  static func imported(by line: String) -> String? {
    guard line.contains("import ") else { return nil }
    let expression =
      #/
      ^\s*
      (?:@\w+(?:\([^\)]*\))?\s+)*
      (?:(?:public|package|internal|private|fileprivate)\s+)?
      import\s+
      (?:(?:struct|class|enum|protocol|func|typealias|var|let)\s+)?
      (\w+)
      /#
    return line.firstMatch(of: expression).map { String($0.1) }
  }
}

private func + (left: Set<String>, right: Set<String>) -> Set<String> { left.union(right) }
