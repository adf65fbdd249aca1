import FeedbackLedger
import LedgerCore

/// Cuts a stream into lines. Memory does not grow with a line that never ends: of a line beyond the limit only so
/// much is kept that its refusal is certain.
struct LineReader {
  private static let pieceBytes = 1 << 16
  private let source: ByteSource
  private var waiting: ArraySlice<UInt8> = []
  private var isAtEnd = false

  init(_ source: ByteSource) {
    self.source = source
  }

  /// At most `count` lines, without their line breaks; nil at the end.
  mutating func next(_ count: Int) throws -> [[UInt8]]? {
    var lines: [[UInt8]] = []
    while lines.count < count, let line = try line() { lines.append(line) }
    return lines.isEmpty ? nil : lines
  }

  private mutating func line() throws -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if let end = waiting.firstIndex(of: UInt8(ascii: "\n")) {
        append(waiting[..<end], to: &line)
        waiting = waiting[(end + 1)...]
        return line
      }
      append(waiting, to: &line)
      waiting = try isAtEnd ? [] : source.read(Self.pieceBytes)[...]
      guard waiting.isEmpty else { continue }
      isAtEnd = true
      return line.isEmpty ? nil : line
    }
  }

  private func append(_ bytes: ArraySlice<UInt8>, to line: inout [UInt8]) {
    line += bytes.prefix(CloudEventLimits.lineBytesMax + 1 - line.count)
  }
}
