import FeedbackLedger
import TestSupport

/// A mapping, a form feed, and a file for it. Without the form feed: a mapping alone.
enum MappingTarget {
  private static let formFeed: UInt8 = 0x0C
  /// A file of other people's is as long as it is; here more rows only take longer.
  private static let rowsMax = 200

  static func run(on bytes: [UInt8]) throws {
    let parts = bytes.split(separator: formFeed, maxSplits: 1, omittingEmptySubsequences: false)
    guard let yaml = String(validating: parts[0], as: UTF8.self),
      let mapping = try? Mapping(yaml: yaml)
    else { return }
    try law("a mapping names its source") { !mapping.source.isEmpty }
    guard parts.count == 2,
      var rows = try? ImportRows(ByteSource(whole: Array(parts[1])), mapping: mapping)
    else { return }
    for _ in 0..<rowsMax {
      guard let row = try rows.next() else { return }
      try check(row)
    }
  }

  private static func check(_ row: ImportedRow) throws {
    switch row.outcome {
    case .drafts(let drafts):
      try law("a row that is none makes no event") { drafts.isEmpty || row.row.problem == nil }
      try law("what a row makes can be told from other rows") {
        drafts.allSatisfy { $0.source?.externalID.isEmpty == false }
      }
    case .skipped(let reason), .rejected(let reason):
      try law("a reason is worded") { !String(describing: reason).isEmpty }
    }
  }
}
