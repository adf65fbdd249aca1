package import FeedbackLedger

/// A small file of survey answers, as a shop exports it.
package enum ShopRows {
  private static let mapping = """
    source: shop
    rows: survey
    id: id
    occurred: {column: day, format: "yyyy-MM-dd", zone: UTC, precision: day}
    customer: {column: member, namespace: member}
    survey:
      id: shop
      questions:
        - {id: recommend, column: q, metric: nps, scale: [0, 10]}
    """

  /// A row of each number; the same for the same number.
  package static func rows(_ numbers: ClosedRange<Int>) -> [String] {
    numbers.map { "\($0),2026-02-0\($0 % 9 + 1),\($0 % 11),m\($0 % 7)" }
  }

  /// Imports rows as one file.
  @discardableResult
  package static func read(
    _ rows: [String], into ledger: Ledger, isDryRun: Bool = false
  ) throws -> ImportReport {
    let text = (["id,day,q,member"] + rows).joined(separator: "\n") + "\n"
    var source = try ImportRows(
      ByteSource(whole: Array(text.utf8)), mapping: Mapping(yaml: mapping))
    return try ledger.importRows(&source, mappingText: mapping, isDryRun: isDryRun)
  }
}
