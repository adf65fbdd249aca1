import LedgerCore

/// Finds the fields of one row: RFC 4180 as a state machine that can stop at any byte and go on
/// when more have come.
///
/// Positions count from the start of the row, so the reader may move its buffer between two calls.
/// What it allows beyond the RFC: LF or CR alone ends a row, and a quote inside an unquoted field
/// is an ordinary character.
struct RowScanner {
  private enum State {
    case fieldStart
    case unquoted
    case quoted
    /// After a quote inside a quoted field: its end, or the first half of a doubled quote.
    case afterQuote
    /// After text that followed a closing quote: nothing of the field counts.
    case spoiled
  }

  private static let quote: UInt8 = 0x22
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  let delimiter: UInt8
  private(set) var fields: [DelimitedRow.FieldRange] = []
  private(set) var scratch: [UInt8] = []
  private(set) var problem: DelimitedRow.Problem?
  /// The next byte to look at.
  private(set) var position = 0
  /// Line feeds inside quotes.
  private(set) var lineBreaks = 0
  /// All bytes outside ASCII have the top bit; without one the row needs no UTF-8 check.
  private(set) var seenBits: UInt8 = 0
  private var state = State.fieldStart
  private var fieldStart = 0
  private var hasDoubledQuotes = false

  init(delimiter: Delimiter) {
    self.delimiter = delimiter.byte
  }

  mutating func begin() {
    fields.removeAll(keepingCapacity: true)
    if !scratch.isEmpty { scratch.removeAll(keepingCapacity: true) }
    problem = nil
    position = 0
    lineBreaks = 0
    seenBits = 0
    state = .fieldStart
    fieldStart = 0
    hasDoubledQuotes = false
  }

  /// Reads on in the row's bytes; true when `position` stands on the byte that ends the row.
  mutating func scan(_ bytes: Span<UInt8>) -> Bool {
    while position < bytes.count {
      switch state {
      case .fieldStart: startField(with: bytes[position])
      case .unquoted: if scanUnquoted(bytes) { return true }
      case .quoted: scanQuoted(bytes)
      case .afterQuote: if scanAfterQuote(bytes) { return true }
      case .spoiled: if scanUnquoted(bytes) { return true }
      }
    }
    return false
  }

  /// Closes the row at the end of the file.
  mutating func finish(_ bytes: Span<UInt8>) {
    switch state {
    case .fieldStart:
      fieldStart = position
      closeField(at: position, in: bytes)
    case .unquoted, .spoiled: closeField(at: position, in: bytes)
    case .quoted: problem = problem ?? .unclosedQuote
    case .afterQuote: closeField(at: position - 1, in: bytes)
    }
  }

  /// The row is beyond its limit: its fields are dropped, and only its end is still of interest.
  mutating func giveUp() {
    problem = .rowTooLong
    fields.removeAll(keepingCapacity: true)
  }

  /// After `giveUp`: goes on without the bytes that were read.
  mutating func forgetBytes() {
    position = 0
    fieldStart = 0
  }

  private mutating func startField(with byte: UInt8) {
    if byte == Self.quote {
      position += 1
      state = .quoted
    } else {
      state = .unquoted
    }
    fieldStart = position
  }

  private mutating func scanUnquoted(_ bytes: Span<UInt8>) -> Bool {
    var index = position
    var seen = seenBits
    while index < bytes.count {
      let byte = bytes[index]
      if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      seen |= byte
      index += 1
    }
    seenBits = seen
    position = index
    guard index < bytes.count else { return false }
    closeField(at: index, in: bytes)
    return endField(with: bytes[index])
  }

  private mutating func scanQuoted(_ bytes: Span<UInt8>) {
    var index = position
    var seen = seenBits
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      seen |= byte
      if byte == Self.lineFeed { lineBreaks += 1 }
      if byte == Self.quote {
        state = .afterQuote
        break
      }
    }
    seenBits = seen
    position = index
  }

  private mutating func scanAfterQuote(_ bytes: Span<UInt8>) -> Bool {
    let byte = bytes[position]
    if byte == Self.quote {
      hasDoubledQuotes = true
      state = .quoted
      position += 1
      return false
    }
    if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn {
      closeField(at: position - 1, in: bytes)
      return endField(with: byte)
    }
    problem = problem ?? .textAfterQuote
    state = .spoiled
    return false
  }

  private mutating func endField(with byte: UInt8) -> Bool {
    guard byte == delimiter else { return true }
    position += 1
    state = .fieldStart
    return false
  }

  private mutating func closeField(at end: Int, in bytes: Span<UInt8>) {
    defer { hasDoubledQuotes = false }
    guard problem == nil else { return }
    guard fields.count < ImportLimits.columnsMax else {
      problem = .tooManyColumns
      return
    }
    guard end - fieldStart <= EventLimits.stringBytesMax else {
      problem = .fieldTooLong
      return
    }
    if hasDoubledQuotes {
      let start = scratch.count
      appendUndoubled(fieldStart..<end, of: bytes)
      append(from: start, to: scratch.count, isInScratch: true)
    } else {
      append(from: fieldStart, to: end, isInScratch: false)
    }
  }

  private mutating func append(from start: Int, to end: Int, isInScratch: Bool) {
    fields.append(
      DelimitedRow.FieldRange(
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end),
        isInScratch: isInScratch))
  }

  private mutating func appendUndoubled(_ range: Range<Int>, of bytes: Span<UInt8>) {
    var index = range.lowerBound
    while index < range.upperBound {
      scratch.append(bytes[index])
      // Inside a closed field quotes come in pairs only, so the second one is skipped unseen.
      index += bytes[index] == Self.quote ? 2 : 1
    }
  }
}
