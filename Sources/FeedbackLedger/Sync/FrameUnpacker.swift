import CZstandard
import Foundation
import LedgerCore
package import LedgerSchema
import LedgerSync
import SwiftProtobuf

/// Reads a packed stream frame by frame, with bounds on everything: nothing is allocated for a length that is not
/// there, and no input makes it trap.
package final class FrameUnpacker {
  private let stream: OpaquePointer
  private let source: () throws -> [UInt8]
  private let packedBytes: Int
  private let plainBytesMax: Int
  private var input: [UInt8] = []
  private var inputOffset = 0
  private var target = [UInt8](repeating: 0, count: 1 << 17)
  private var plain: [UInt8] = []
  private var plainOffset = 0
  private var bytesOut = 0
  /// Whether the compressed stream has come to its own end, its checksum included.
  private var isStreamWhole = false
  /// Of the frame that is read, 1-based, and where it begins in the unpacked stream: so that a refusal says where.
  private var frameNumber = 0
  private var frameStart = 0

  /// `windowLogMax`: the writer's memory, as a power of two, that is followed.
  /// `packedBytes`: of the whole stream; how much it may unpack to follows from it.
  /// `plainBytesMax`: of the whole stream, unpacked.
  /// `source`: the next packed bytes; none at the end.
  package init(
    windowLogMax: Int32, packedBytes: Int, plainBytesMax: Int = .max,
    source: @escaping () throws -> [UInt8]
  ) throws {
    guard let stream = ZSTD_createDCtx() else { throw CocoaError(.fileReadUnknown) }
    self.stream = stream
    self.source = source
    self.packedBytes = packedBytes
    self.plainBytesMax = plainBytesMax
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, windowLogMax)
  }

  /// Of a body that is here as a whole.
  package convenience init(body: [UInt8], plainBytesMax: Int) throws {
    var isRead = false
    try self.init(
      windowLogMax: SyncLimits.exchangeWindowLogMax, packedBytes: body.count,
      plainBytesMax: plainBytesMax
    ) {
      defer { isRead = true }
      return isRead ? [] : body
    }
  }

  deinit {
    ZSTD_freeDCtx(stream)
  }

  /// Nil at the end of the stream.
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
    return try restored(frame)
  }

  private func restored(_ frame: Scorebook_V1_Frame) throws -> Scorebook_V1_Frame {
    do {
      return try frame.restored()
    } catch SyncRefusal.malformed(let problem) {
      throw malformed(problem)
    }
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
      input = try source()
      inputOffset = 0
      if input.isEmpty { return false }
    }
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
    try checkBounds()
    plain.append(contentsOf: target[..<produced])
    return consumed > 0 || produced > 0
  }

  private func checkBounds() throws {
    let limit = (packedBytes + SyncLimits.compressionSlackBytes) * SyncLimits.compressionRatioMax
    guard bytesOut <= limit else {
      throw SyncRefusal.tooLarge(what: "unpacked bundle", got: bytesOut, limit: limit)
    }
    guard bytesOut <= plainBytesMax else {
      throw SyncRefusal.tooLarge(what: "unpacked body", got: bytesOut, limit: plainBytesMax)
    }
  }
}
