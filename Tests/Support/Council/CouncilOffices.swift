package import FeedbackLedger
import LedgerCore

/// The council's cases, cut into one export for each office, as if each had kept its own.

package struct CouncilOffices {
  package static let file = "nyc_council/part_a_opened_to_2019.csv.gz"
  package static let mapping = "council-cases"

  package let mappingText: String
  private let header: [UInt8]
  /// The rows of each office in the order of the file.
  private var rows: [String: [UInt8]] = [:]
  private var counts: [String: Int] = [:]
  /// The rows of the offices kept, in the order of the file.
  private var all: [UInt8] = []

  /// `rowsMax`: only offices with at most so many rows.
  package init(rowsMax: Int = .max) throws {
    mappingText = try ShippedMappings.yaml(Self.mapping)
    let bytes = try SharedData.bytes(Self.file)
    var reading = try ImportRows(ByteSource(whole: bytes), mapping: Mapping(yaml: mappingText))
    header = reading.header.flatMap { Array($0.raw) + Self.lineEnd }
    var order: [(office: String, row: [UInt8])] = []
    while let row = try reading.next() {
      guard case .drafts(let drafts) = row.outcome, let office = drafts.first?.labels[Label.site]
      else { continue }
      order.append((office, Array(row.row.raw) + Self.lineEnd))
      counts[office, default: 0] += 1
    }
    counts = counts.filter { $0.value <= rowsMax }
    for (office, row) in order where counts[office] != nil {
      rows[office, default: []] += row
      all += row
    }
  }

  /// Ascending.
  package var names: [String] { counts.keys.sorted() }
  package var rowCount: Int { counts.values.reduce(0, +) }

  /// Imports one office's rows, or those of all.
  package func importRows(of office: String?, into ledger: Ledger) throws -> ImportReport {
    let bytes = header + (office.map { rows[$0] ?? [] } ?? all)
    var reading = try ImportRows(ByteSource(whole: bytes), mapping: Mapping(yaml: mappingText))
    return try ledger.importRows(&reading, mappingText: mappingText)
  }

  private static let lineEnd = Array("\n".utf8)
}
