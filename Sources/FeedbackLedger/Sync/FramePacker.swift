import CZstandard
import Foundation
import LedgerCore
package import LedgerSchema
import LedgerSync
import SwiftProtobuf

/// Packs frames into one Zstandard stream (RFC 8878) over length-prefixed protobuf frames (u32 big-endian, then so many
/// bytes): the body of a bundle, and of every request and answer.
package final class FramePacker {
  /// How hard to try, and how much memory the reader needs for it.
  package struct Effort: Sendable {
    let level: Int32
    /// Of a stream that ends within ``FramePacker/shortBytesMax`` bytes.
    let shortLevel: Int32
    /// Of one that ends within ``FramePacker/shortestBytesMax`` bytes.
    let shortestLevel: Int32
    let windowLog: Int32
    let isLongDistance: Bool

    /// Written once and carried far: higher is smaller and slower.
    package static let bundle = Effort(
      level: 12, shortLevel: 12, shortestLevel: 12, windowLog: 25, isLongDistance: true)
    /// Made anew for every exchange, by whoever a hundred others wait for. A short one, as most are, may be packed
    /// better: at level 9 a thousand events are two bytes smaller each than at level 3, at level 15 four, and take a
    /// hundredth of a second longer.
    package static let exchange = Effort(
      level: 3, shortLevel: 9, shortestLevel: 15, windowLog: 20, isLongDistance: false)
  }

  private let stream: OpaquePointer
  private let effort: Effort
  private let elision: Elision
  private let sink: (ArraySlice<UInt8>) throws -> Void
  private var output = [UInt8](repeating: 0, count: 1 << 17)
  /// What came first, as long as it may be all; nil once it is being packed.
  private var first: [UInt8]? = []
  private var plainBytes = 0
  private var packedBytes = 0
  /// A stream that ends within so many bytes is packed with tables of its own size: those of a large window cost more
  /// to clear than such a stream costs to pack.
  private static let shortBytesMax = 1 << 20
  /// As long as that, the best packing takes no time that anybody would notice.
  private static let shortestBytesMax = 1 << 18

  /// `elision`: what the reader is known to put back.
  /// `sink`: takes the packed bytes as they come.
  package init(
    _ effort: Effort, _ elision: Elision, sink: @escaping (ArraySlice<UInt8>) throws -> Void
  ) throws {
    guard let stream = ZSTD_createCCtx() else { throw CocoaError(.fileWriteUnknown) }
    self.stream = stream
    self.effort = effort
    self.elision = elision
    self.sink = sink
    ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, effort.level)
    ZSTD_CCtx_setParameter(
      stream, ZSTD_c_enableLongDistanceMatching, effort.isLongDistance ? 1 : 0)
    ZSTD_CCtx_setParameter(stream, ZSTD_c_windowLog, effort.windowLog)
    ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1)
  }

  deinit {
    ZSTD_freeCCtx(stream)
  }

  /// - Throws: `SyncRefusal.tooLarge` for a frame that nobody would take.
  package func write(_ frame: Scorebook_V1_Frame) throws {
    let bytes: [UInt8] = try frame.elided(elision).serializedBytes()
    guard bytes.count <= SyncLimits.frameBytesMax else {
      throw SyncRefusal.tooLarge(
        what: "frame", got: bytes.count, limit: SyncLimits.frameBytesMax)
    }
    let length = withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) }
    try compress(length + bytes, ZSTD_e_continue)
  }

  /// Ends the stream.
  package func finish() throws {
    try compress([], ZSTD_e_end)
    let honestBytes = plainBytes / SyncLimits.writtenRatioMax
    if packedBytes < honestBytes { try pad(by: honestBytes - packedBytes) }
  }

  /// Where ten thousand people have written the same long text, a stream shrinks more than a reader believes. Frames
  /// that every decoder skips (RFC 8878, 3.1.2) make it larger.
  private func pad(by bytes: Int) throws {
    let count = min(bytes, Int(UInt32.max))
    for number in [UInt32(0x184D_2A50), UInt32(count)] {
      try withUnsafeBytes(of: number.littleEndian) { try give(Array($0)[...]) }
    }
    var rest = count
    while rest > 0 {
      let piece = min(rest, output.count)
      try give(ArraySlice(repeating: 0, count: piece))
      rest -= piece
    }
  }

  private func give(_ bytes: ArraySlice<UInt8>) throws {
    packedBytes += bytes.count
    try sink(bytes)
  }

  private func compress(_ bytes: [UInt8], _ end: ZSTD_EndDirective) throws {
    guard var all = first else { return try pack(bytes, end) }
    first = nil
    all += bytes
    if end == ZSTD_e_continue, all.count <= Self.shortBytesMax {
      first = all
      return
    }
    if end == ZSTD_e_end {
      let level = all.count <= Self.shortestBytesMax ? effort.shortestLevel : effort.shortLevel
      ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, level)
      ZSTD_CCtx_setParameter(stream, ZSTD_c_enableLongDistanceMatching, 0)
      ZSTD_CCtx_setPledgedSrcSize(stream, UInt64(all.count))
    }
    try pack(all, end)
  }

  private func pack(_ bytes: [UInt8], _ end: ZSTD_EndDirective) throws {
    plainBytes += bytes.count
    try bytes.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      var remaining = 0
      repeat {
        let produced = try output.withUnsafeMutableBytes { target in
          var buffer = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          remaining = ZSTD_compressStream2(stream, &buffer, &input, end)
          guard ZSTD_isError(remaining) == 0 else { throw CocoaError(.fileWriteUnknown) }
          return buffer.pos
        }
        if produced > 0 { try give(output[..<produced]) }
      } while input.pos < input.size || (end != ZSTD_e_continue && remaining > 0)
    }
  }
}
