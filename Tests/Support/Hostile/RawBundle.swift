import Foundation
package import LedgerSchema
import SwiftProtobuf

/// A bundle file written by hand, so that it can say what no program of ours would write.
///
/// The stream is Zstandard (RFC 8878) that compresses nothing: blocks of plain bytes, or of one byte many times.
package struct RawBundle {
  package static let magic = Array("SCOREBOOK BUNDLE 1\n".utf8)
  private var blocks: [[UInt8]] = []
  private let windowLog: UInt8
  private static let blockBytesMax = 128 << 10

  /// `windowLog`: the memory that a reader shall need, as a power of two from 10 on: 128 MiB is what a bundle may ask
  /// for.
  package init(windowLog: UInt8 = 27) {
    self.windowLog = windowLog
  }

  /// `plain`: what it unpacks to.
  package init(plain: [UInt8]) {
    self.init()
    add(plain: plain)
  }

  /// A frame as the format has it, so many times: its length, then the message.
  package mutating func add(_ frame: Scorebook_V1_Frame, times: Int = 1) throws {
    let bytes: [UInt8] = try frame.serializedBytes()
    var one = Self()
    one.add(plain: Self.bigEndian(UInt32(bytes.count)) + bytes)
    for _ in 0..<times { blocks += one.blocks }
  }

  /// A length that nothing stands behind.
  package mutating func add(claimedLength length: UInt32) {
    add(plain: Self.bigEndian(length))
  }

  /// Four bytes for every 128 KiB of the same byte.
  package mutating func add(plain bytes: [UInt8]) {
    var rest = bytes[...]
    // What is put before a long run of bytes does not spoil its first block.
    var size = 1_024
    while let first = rest.first {
      let piece = rest.prefix(size)
      let isRun = piece.allSatisfy { $0 == first }
      blocks.append(
        Self.header(kind: isRun ? 1 : 0, size: piece.count) + (isRun ? [first] : Array(piece)))
      rest = rest.dropFirst(piece.count)
      size = Self.blockBytesMax
    }
  }

  /// The whole file; `endings`: how many bytes are missing at its end.
  package func bytes(missing: Int = 0) -> [UInt8] {
    // No content size, no checksum.
    var bytes = Self.magic + [0x28, 0xB5, 0x2F, 0xFD, 0x00, (windowLog - 10) << 3]
    for block in blocks { bytes += block }
    bytes += Self.header(kind: 0, size: 0, isLast: true)
    return bytes.dropLast(missing)
  }

  package func write(to path: String, missing: Int = 0) throws {
    try Data(bytes(missing: missing)).write(to: URL(filePath: path))
  }

  private static func header(kind: UInt32, size: Int, isLast: Bool = false) -> [UInt8] {
    let value = (isLast ? 1 : 0) | kind << 1 | UInt32(size) << 3
    return [UInt8(value & 255), UInt8(value >> 8 & 255), UInt8(value >> 16)]
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) }
  }
}
