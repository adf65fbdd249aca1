/// One row as it stands in the file: byte ranges over the reader's buffer, made into strings on
/// demand.
///
/// A row shares the reader's buffers. Let go of it before asking for the next one: a row that is
/// kept stays valid, but costs a copy of the buffer.
public struct DelimitedRow: Sendable {
  /// Why the bytes are not a row.
  public enum Problem: Sendable, Hashable, CaseIterable {
    case invalidUTF8
    /// A quote was opened and the file ended; everything from the row's first line on is in it.
    case unclosedQuote
    /// A closing quote is followed by something other than a delimiter or the end of the row.
    case textAfterQuote
    case rowTooLong
    case fieldTooLong
    case tooManyColumns
  }

  /// Counted from the start of the row, or of the scratch buffer.
  struct FieldRange: Sendable {
    var start: Int32
    var end: Int32
    /// Quotes were doubled in the file: the field stands, undoubled, in the scratch buffer.
    var isInScratch: Bool
  }

  /// Counted as a spreadsheet does: the first row of the file is 1, a blank line is a row.
  public let number: Int
  /// The line on which the row starts; greater than `number` after quoted line breaks.
  public let line: Int
  /// Nil where the fields can be trusted.
  public let problem: Problem?
  let fields: [FieldRange]
  let buffer: [UInt8]
  let scratch: [UInt8]
  let rawRange: Range<Int>

  /// The number of fields.
  public var count: Int { fields.count }

  /// The row as the file has it, without its line end. Empty for a row beyond the row limit.
  public var raw: [UInt8] { Array(buffer[rawRange]) }

  /// The field's text, as it stands. Empty beyond the last field.
  public func text(_ index: Int) -> String {
    withBytes(of: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// The field without the blanks around it. Empty beyond the last field.
  public func code(_ index: Int) -> String {
    withCode(of: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the field holds blanks only.
  public func isEmpty(_ index: Int) -> Bool {
    withCode(of: index) { $0.isEmpty }
  }

  /// Whether every field holds blanks only.
  public var isBlank: Bool {
    fields.indices.allSatisfy(isEmpty)
  }

  func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    guard fields.indices.contains(index) else {
      return body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let field = fields[index]
    let offset = field.isInScratch ? 0 : rawRange.lowerBound
    let range = (offset + Int(field.start))..<(offset + Int(field.end))
    return (field.isInScratch ? scratch : buffer).withUnsafeBufferPointer { bytes in
      body(UnsafeBufferPointer(rebasing: bytes[range]))
    }
  }

  func withCode<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withBytes(of: index) { body($0.trimmed) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Without the spaces, tabs and line ends around it.
  var trimmed: Self {
    var start = 0
    var end = count
    while start < end, Self.isBlank(self[start]) { start += 1 }
    while end > start, Self.isBlank(self[end - 1]) { end -= 1 }
    return Self(rebasing: self[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
