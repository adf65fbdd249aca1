import CZstandard
import Foundation
package import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// A bundle file: the frames of a session, one way, compressed as one Zstandard stream.
///
/// "SCOREBOOK BUNDLE 1\n", then a Zstandard frame (RFC 8878) over length-prefixed protobuf frames
/// (u32 big-endian, then so many bytes): hello, batches, goodbye.
enum BundleFile {
  static let magic = Array("SCOREBOOK BUNDLE 1\n".utf8)
}

/// Writes a bundle beside its final name and renames it when it is whole and synced.
package final class BundleWriter {
  private let path: String
  private let handle: FileHandle
  private let stream: OpaquePointer
  private var output = [UInt8](repeating: 0, count: 1 << 17)
  package private(set) var bytesWritten = 0
  private var isFinished = false

  /// Higher is smaller and slower; a bundle is written once and carried far.
  private static let level: Int32 = 12

  /// `permissions`: of the file; its owner's alone unless others are meant to read it.
  package init(path: String, permissions: Int = 0o600) throws {
    self.path = path
    let temporary = path + ".part"
    guard
      FileManager.default.createFile(
        atPath: temporary, contents: nil, attributes: [.posixPermissions: permissions])
    else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
    handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
    guard let stream = ZSTD_createCCtx() else { throw CocoaError(.fileWriteUnknown) }
    self.stream = stream
    ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, Self.level)
    ZSTD_CCtx_setParameter(stream, ZSTD_c_enableLongDistanceMatching, 1)
    ZSTD_CCtx_setParameter(stream, ZSTD_c_windowLog, 25)
    ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1)
    try handle.write(contentsOf: BundleFile.magic)
    bytesWritten = BundleFile.magic.count
  }

  deinit {
    ZSTD_freeCCtx(stream)
    try? handle.close()
    if !isFinished { try? FileManager.default.removeItem(atPath: path + ".part") }
  }

  package func write(_ frame: Scorebook_V1_Frame) throws {
    let bytes: [UInt8] = try frame.serializedBytes()
    guard bytes.count <= SyncLimits.frameBytesMax else {
      throw SyncRefusal.tooLarge(
        what: "frame", got: bytes.count, limit: SyncLimits.frameBytesMax)
    }
    let length = withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) }
    try compress(length + bytes, ZSTD_e_continue)
  }

  /// Ends the stream, syncs and renames.
  package func finish() throws {
    try compress([], ZSTD_e_end)
    try handle.close()
    try DurableFile.move(path + ".part", to: path)
    isFinished = true
  }

  private func compress(_ bytes: [UInt8], _ end: ZSTD_EndDirective) throws {
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
        if produced > 0 {
          try handle.write(contentsOf: output[..<produced])
          bytesWritten += produced
        }
      } while input.pos < input.size || (end == ZSTD_e_end && remaining > 0)
    }
  }
}

/// Reads a bundle frame by frame, with bounds on everything: nothing is allocated for a length that is not there.
package final class BundleReader {
  private let handle: FileHandle
  private let stream: OpaquePointer
  private var input: [UInt8] = []
  private var inputOffset = 0
  private var plain: [UInt8] = []
  private var plainOffset = 0
  private var bytesIn = 0
  private var bytesOut = 0
  /// Whether the compressed stream has come to its own end, its checksum included.
  private var isStreamWhole = false
  /// Of the frame that is read, 1-based, and where it begins in the unpacked stream: so that a refusal says where.
  private var frameNumber = 0
  private var frameStart = 0

  /// - Throws: `SyncRefusal` for a file that is too large or no bundle.
  package init(path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: path])
    }
    self.handle = handle
    guard let stream = ZSTD_createDCtx() else { throw CocoaError(.fileReadUnknown) }
    self.stream = stream
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: 0)
    guard size <= UInt64(SyncLimits.bundleBytesMax) else {
      throw SyncRefusal.tooLarge(
        what: "bundle", got: Int(clamping: size), limit: SyncLimits.bundleBytesMax)
    }
    let magic = try handle.read(upToCount: BundleFile.magic.count) ?? Data()
    guard Array(magic) == BundleFile.magic else {
      throw SyncRefusal.malformed("the file does not begin like a bundle")
    }
  }

  deinit {
    ZSTD_freeDCtx(stream)
    try? handle.close()
  }

  /// Calls `body` with every batch of a bundle whose hello was read before.
  ///
  /// - Throws: `SyncRefusal` also for a bundle that ends early or holds other events than it claims.
  static func forEachBatch(
    path: String, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    let reader = try BundleReader(path: path)
    _ = try reader.next()
    var isWhole = false
    var events: UInt64 = 0
    while let frame = try reader.next() {
      switch frame.message {
      case .batch(let batch):
        events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
        try body(batch)
      case .goodbye(let goodbye):
        guard goodbye.events == events else {
          throw SyncRefusal.malformed("it claims \(goodbye.events) events and holds \(events)")
        }
        isWhole = true
      case .hello, .want, .refusal, .forkQuestion, .forkAnswer, nil:
        throw SyncRefusal.malformed("a frame that a bundle does not hold")
      }
    }
    guard isWhole else { throw SyncRefusal.malformed("a bundle that ends early") }
  }

  /// Nil at the end of the file.
  ///
  /// - Throws: `SyncRefusal` for a frame that is too large, truncated or undecodable.
  package func next() throws -> Scorebook_V1_Frame? {
    frameNumber += 1
    guard try fill(4) else {
      guard plain.count == plainOffset, isStreamWhole else {
        throw malformed("a truncated frame")
      }
      return nil
    }
    let length = plain[plainOffset..<plainOffset + 4].reduce(0) { $0 << 8 | Int($1) }
    guard length <= SyncLimits.frameBytesMax else {
      throw SyncRefusal.tooLarge(
        what: "frame \(frameNumber)", got: length, limit: SyncLimits.frameBytesMax)
    }
    guard try fill(4 + length) else { throw malformed("a truncated frame") }
    let start = plainOffset + 4
    defer {
      plainOffset = start + length
      frameStart += 4 + length
    }
    guard
      let frame = try? Scorebook_V1_Frame(
        serializedBytes: Array(plain[start..<start + length]))
    else { throw malformed("a frame that is no message") }
    return frame
  }

  private func malformed(_ problem: String) -> SyncRefusal {
    .malformed("\(problem) (frame \(frameNumber), at byte \(frameStart) of the unpacked stream)")
  }

  /// Whether so many plain bytes could be had.
  private func fill(_ count: Int) throws -> Bool {
    if plainOffset > SyncLimits.frameBytesMax {
      plain.removeFirst(plainOffset)
      plainOffset = 0
    }
    while plain.count - plainOffset < count {
      guard try decompress() else { return false }
    }
    return true
  }

  private func decompress() throws -> Bool {
    if inputOffset == input.count {
      input = Array(try handle.read(upToCount: 1 << 16) ?? Data())
      inputOffset = 0
      bytesIn += input.count
      if input.isEmpty { return false }
    }
    var target = [UInt8](repeating: 0, count: 1 << 17)
    let (consumed, produced) = try input[inputOffset...].withUnsafeBytes { source in
      try target.withUnsafeMutableBytes { target in
        var from = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var to = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let code = ZSTD_decompressStream(stream, &to, &from)
        guard ZSTD_isError(code) == 0 else {
          throw malformed("compressed bytes that do not unpack")
        }
        isStreamWhole = code == 0
        return (from.pos, to.pos)
      }
    }
    inputOffset += consumed
    bytesOut += produced
    // A small allowance: the ratio of a short file says nothing.
    guard bytesOut <= (bytesIn + 4_096) * SyncLimits.compressionRatioMax else {
      throw SyncRefusal.tooLarge(
        what: "unpacked bundle", got: bytesOut, limit: bytesIn * SyncLimits.compressionRatioMax)
    }
    plain.append(contentsOf: target[..<produced])
    return consumed > 0 || produced > 0
  }
}
