import FeedbackLedger
import LedgerCore

/// Delimited text: the first byte says in what pieces it comes.
enum DelimitedTarget {
  private struct Row: Equatable {
    var raw: [UInt8]
    var texts: [String]
    var problem: DelimitedRow.Problem?
    var line: Int
  }

  static func run(on bytes: [UInt8]) throws {
    guard let pieceBytes = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    let whole = try? rows(of: text, pieceBytes: .max)
    let pieces = try? rows(of: text, pieceBytes: Int(pieceBytes) + 1)
    try law("the same rows are read, in whatever pieces they come") { whole == pieces }
    for row in whole ?? [] where row.problem == nil {
      try law("a row keeps to the limits") {
        row.texts.count <= ImportLimits.columnsMax && row.raw.count <= ImportLimits.rowBytesMax
          && row.texts.allSatisfy { $0.utf8.count <= EventLimits.stringBytesMax }
      }
    }
    try law("no byte is lost but line ends and what marks the beginning") {
      (whole ?? []).reduce(0) { $0 + $1.raw.count } <= text.count
    }
  }

  private static func rows(of bytes: [UInt8], pieceBytes: Int) throws -> [Row] {
    var rest = bytes[...]
    let source = ByteSource { count in
      let piece = Array(rest.prefix(min(count, pieceBytes)))
      rest = rest.dropFirst(piece.count)
      return piece
    }
    var reader = try DelimitedReader(source)
    var rows: [Row] = []
    while let row = try reader.next() {
      rows.append(
        Row(
          raw: row.raw, texts: (0..<row.count).map(row.text), problem: row.problem, line: row.line))
    }
    return rows
  }
}
