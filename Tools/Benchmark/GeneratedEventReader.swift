import Foundation

/// Reads the generator's CSV line by line: whole numbers, absent values as empty fields, at the end a text without line
/// breaks. Holds one chunk of the file, so that a file of any size costs no memory.
final class GeneratedEventReader {
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var offset = 0
  private var isAtEnd = false
  private static let chunkBytes = 1 << 20
  private static let columnCount = 12

  /// - Throws: what opening the file throws.
  init(_ url: URL) throws {
    file = try FileHandle(forReadingFrom: url)
    _ = try nextLine()
  }

  deinit {
    try? file.close()
  }

  /// Nil at the end of the file.
  func next() throws -> GeneratedEvent? {
    guard let line = try nextLine() else { return nil }
    return try buffer.withUnsafeBufferPointer { try Self.event(in: $0[line]) }
  }

  private func nextLine() throws -> Range<Int>? {
    var searched = offset
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { offset = end + 1 }
        return offset..<end
      }
      guard !isAtEnd else { return nil }
      buffer.removeFirst(offset)
      searched = buffer.count
      offset = 0
      let chunk = try file.read(upToCount: Self.chunkBytes) ?? Data()
      isAtEnd = chunk.isEmpty
      buffer.append(contentsOf: chunk)
    }
  }

  private static func event(in line: Slice<UnsafeBufferPointer<UInt8>>) throws -> GeneratedEvent {
    try withUnsafeTemporaryAllocation(of: Int64.self, capacity: columnCount) { values in
      var at = line.startIndex
      for column in 0..<columnCount {
        values[column] = number(in: line, at: &at)
      }
      guard at <= line.endIndex, let kind = GeneratedEvent.Kind(rawValue: values[4]) else {
        throw BenchmarkError.malformedLine(String(decoding: line, as: UTF8.self))
      }
      var text = line[at...]
      if text.first == UInt8(ascii: "\"") { text = text.dropFirst().dropLast() }
      let item = Int(values[6])
      return GeneratedEvent(
        place: GeneratedEvent.Place(site: Int(values[0]), seq: Int(values[1])),
        recorded: values[2], occurred: values[3], kind: kind, customer: values[5],
        item: GeneratedEvent.Place(site: item >> 32, seq: item & 0xFFFF_FFFF),
        nps: Int32(values[7]), csat: Int32(values[8]), channel: Int(values[9]),
        stage: Int(values[10]), product: Int(values[11]),
        comment: String(decoding: text, as: UTF8.self))
    }
  }

  /// The number before the next comma, which is stepped over; 0 for an empty field.
  private static func number(
    in line: Slice<UnsafeBufferPointer<UInt8>>, at offset: inout Int
  ) -> Int64 {
    var value: Int64 = 0
    while offset < line.endIndex, line[offset] != UInt8(ascii: ",") {
      value = value &* 10 &+ Int64(line[offset] &- UInt8(ascii: "0"))
      offset += 1
    }
    offset += 1
    return value
  }
}
