public import LedgerCore

/// The rows of a file, one by one, each with the events it claims.
///
/// ```swift
/// var rows = try ImportRows(ByteSource(file: path), mapping: Mapping(yaml: text))
/// while let row = try rows.next() {
///   switch row.outcome {
///   case .drafts(let drafts): record(drafts)
///   case .skipped: continue
///   case .rejected(let reason): report(row.number, reason, row.row.raw)
///   }
/// }
/// ```
/// Memory does not grow with the file, except by what a ticket log or running sums must keep in
/// mind.
public struct ImportRows {
  /// The header rows as they stand in the file, for a file of rejected rows.
  public let header: [DelimitedRow]
  /// What separates the fields.
  public var delimiter: Delimiter { reader.delimiter }
  private var reader: DelimitedReader
  private var mapper: RowMapper

  /// Reads the header.
  ///
  /// `trackedKeysMax`: as ``RowMapper/init(_:header:trackedKeysMax:)`` says.
  /// - Throws: ``ImportRefusal``, or what the source throws.
  public init(
    _ source: ByteSource, mapping: Mapping, trackedKeysMax: Int = ImportLimits.trackedKeysMax
  ) throws {
    reader = try DelimitedReader(source, delimiter: mapping.delimiter)
    var header: [DelimitedRow] = []
    while header.count < mapping.header.rows, let row = try reader.next() {
      if let problem = row.problem {
        throw ImportRefusal.file(.headerMalformed(problem, row: row.number))
      }
      header.append(row)
    }
    mapper = try RowMapper(mapping, header: header, trackedKeysMax: trackedKeysMax)
    self.header = header
  }

  /// The next row; nil at the end of the file.
  ///
  /// - Throws: What the source throws. A row that is none is an outcome, not an error.
  public mutating func next() throws -> ImportedRow? {
    guard let row = try reader.next() else { return nil }
    let (outcome, notes) = mapper.map(row)
    return ImportedRow(row: row, outcome: outcome, notes: notes)
  }
}
