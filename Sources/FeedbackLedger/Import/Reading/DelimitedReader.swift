import LedgerCore

/// Reads delimited text row by row, in memory that does not grow with the file.
///
/// RFC 4180, plus what exports do: a byte order mark, `;`, tab or `|` as the delimiter, LF or CR as
/// the line end, quoted line breaks. A row that is no row (bad UTF-8, an unclosed quote, beyond a
/// limit) is returned with its ``DelimitedRow/Problem``, and reading goes on after it. No bytes
/// make it trap.
///
/// Why not a library: on a file of 233,331 rows of 11 fields in 26 MB (release build, 2 cores),
/// bounds 100,000 rows/s and 64 MiB of growth:
///
/// | | seconds | rows/s | growth |
/// |---|---|---|---|
/// | SwiftCSV 0.10.0, rows in an array | 5.46 | 42,700 | 222 MiB |
/// | SwiftCSV 0.10.0, rows to a callback | 7.39 | 31,600 | 183 MiB |
/// | this, fields as ranges | 0.11 | 2,200,000 | 0.5 MiB |
/// | this, a string of each field | 0.20 | 1,200,000 | 0.5 MiB |
public struct DelimitedReader {
  private static let pieceBytes = 128 << 10
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// What separates the fields: as asked for, or as detected from the first line.
  public let delimiter: Delimiter
  private let source: ByteSource
  private var scanner: RowScanner
  private var buffer: [UInt8]
  /// The first byte not yet read as part of a row.
  private var start: Int
  private var number = 0
  private var line = 1
  /// The last row ended with CR; an LF that follows belongs to it.
  private var isAfterCarriageReturn = false

  /// Reads the first bytes.
  ///
  /// - Parameters:
  ///   - source: Where the bytes come from.
  ///   - delimiter: Nil: the most frequent of `,` `;` tab `|` in the first line.
  /// - Throws: ``ImportRefusal`` for UTF-16 or an empty file, or what the source throws.
  public init(_ source: ByteSource, delimiter: Delimiter? = nil) throws {
    let buffer = try Self.firstPiece(of: source)
    try Self.refuseUTF16(buffer)
    self.source = source
    self.buffer = buffer
    start = buffer.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    guard start < buffer.count else { throw ImportRefusal.file(.empty) }
    self.delimiter = delimiter ?? .detected(in: buffer.span.extracting(start...))
    scanner = RowScanner(delimiter: self.delimiter)
  }

  /// The next row; nil at the end of the file.
  public mutating func next() throws -> DelimitedRow? {
    guard try moveToRow() else { return nil }
    scanner.begin()
    while !Self.scan(buffer, from: start, with: &scanner) {
      if scanner.position > ImportLimits.rowBytesMax {
        scanner.giveUp()
        scanner.forgetBytes()
        buffer.removeAll(keepingCapacity: true)
        start = 0
      }
      guard try fill() else {
        Self.finish(buffer, from: start, with: &scanner)
        return takeRow()
      }
    }
    return takeRow()
  }

  /// Stands on the first byte of a row afterwards; false at the end of the file.
  private mutating func moveToRow() throws -> Bool {
    if start == buffer.count, try !fill() { return false }
    guard isAfterCarriageReturn else { return true }
    isAfterCarriageReturn = false
    if buffer[start] == 0x0A { start += 1 }
    return try start < buffer.count || fill()
  }

  // Static, because a span of one stored property keeps the whole of a mutable `self` to itself.

  private static func scan(
    _ buffer: [UInt8], from start: Int, with scanner: inout RowScanner
  ) -> Bool {
    scanner.scan(buffer.span.extracting(start...))
  }

  private static func finish(
    _ buffer: [UInt8], from start: Int, with scanner: inout RowScanner
  ) {
    scanner.finish(buffer.span.extracting(start...))
  }

  private mutating func takeRow() -> DelimitedRow {
    if scanner.position > ImportLimits.rowBytesMax { scanner.giveUp() }
    let end = start + scanner.position
    number += 1
    let isDiscarded = scanner.problem == .rowTooLong
    let row = DelimitedRow(
      number: number, line: line, problem: scanner.problem ?? encodingProblem(start..<end),
      fields: scanner.fields, buffer: buffer, scratch: scanner.scratch,
      rawRange: isDiscarded ? 0..<0 : start..<end)
    line += scanner.lineBreaks + 1
    start = end
    if end < buffer.count {
      isAfterCarriageReturn = buffer[end] == 0x0D
      start += 1
    }
    return row
  }

  private func encodingProblem(_ range: Range<Int>) -> DelimitedRow.Problem? {
    guard scanner.seenBits >= 0x80 else { return nil }
    return String(validating: buffer[range], as: UTF8.self) == nil ? .invalidUTF8 : nil
  }

  /// Appends the next piece; false at the end of the file.
  private mutating func fill() throws -> Bool {
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
    }
    let piece = try source.read(Self.pieceBytes)
    buffer.append(contentsOf: piece)
    return !piece.isEmpty
  }

  /// At least the first few bytes, though a pipe may give them one by one, and as a rule the first
  /// line.
  private static func firstPiece(of source: ByteSource) throws -> [UInt8] {
    var buffer: [UInt8] = []
    while buffer.count < pieceBytes {
      let piece = try source.read(pieceBytes)
      if piece.isEmpty { break }
      buffer += piece
    }
    return buffer
  }

  private static func refuseUTF16(_ bytes: [UInt8]) throws(ImportRefusal) {
    let start = bytes.prefix(2)
    if start == [0xFF, 0xFE] { throw .file(.encoding("UTF-16 LE")) }
    if start == [0xFE, 0xFF] { throw .file(.encoding("UTF-16 BE")) }
    // Without a mark: every other byte of plain Latin text is zero, and no header holds a zero.
    if start.count == 2, start.contains(0) {
      throw .file(.encoding(bytes[0] == 0 ? "UTF-16 BE" : "UTF-16 LE"))
    }
  }
}
