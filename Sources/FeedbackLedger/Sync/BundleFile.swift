import Foundation
import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

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
  private let output: Output
  private let packer: FramePacker
  private var isFinished = false

  /// The file behind the packer, with the bytes that went into it.
  private final class Output {
    let handle: FileHandle
    let bytesMax: Int
    var bytesWritten = 0

    init(_ handle: FileHandle, bytesMax: Int) {
      self.handle = handle
      self.bytesMax = bytesMax
    }

    func write(_ bytes: ArraySlice<UInt8>) throws {
      let reached = bytesWritten + bytes.count
      guard reached <= bytesMax else {
        throw SyncRefusal.tooLarge(what: "bundle", got: reached, limit: bytesMax)
      }
      try handle.write(contentsOf: bytes)
      bytesWritten = reached
    }
  }

  package var bytesWritten: Int { output.bytesWritten }

  /// `permissions`: of the file; its owner's alone unless others are meant to read it.
  ///
  /// `bytesMax`: of the whole file. Writing and finishing throw `SyncRefusal.tooLarge` beyond it, and nothing is left.
  package init(
    path: String, permissions: Int = 0o600, bytesMax: Int = SyncLimits.bundleBytesMax
  ) throws {
    self.path = path
    handle = try PrivateFile.replace(at: path + ".part", permissions: permissions)
    let output = Output(handle, bytesMax: bytesMax)
    self.output = output
    packer = try FramePacker(.bundle, .files) { try output.write($0) }
    try output.write(BundleFile.magic[...])
  }

  deinit {
    try? handle.close()
    if !isFinished { try? FileManager.default.removeItem(atPath: path + ".part") }
  }

  package func write(_ frame: Scorebook_V1_Frame) throws {
    try packer.write(frame)
  }

  /// Ends the stream, syncs and renames.
  package func finish() throws {
    try packer.finish()
    try handle.close()
    try DurableFile.move(path + ".part", to: path)
    isFinished = true
  }
}

/// Reads a bundle frame by frame.
package final class BundleReader {
  private let handle: FileHandle
  private let unpacker: FrameUnpacker

  /// - Throws: `SyncRefusal` for a file that is too large or no bundle.
  package init(path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: path])
    }
    self.handle = handle
    if FileManager.default.isFolder(atPath: path) {
      throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: path])
    }
    let size = try Self.size(of: handle)
    unpacker = try FrameUnpacker(
      windowLogMax: SyncLimits.bundleWindowLogMax,
      packedBytes: max(0, Int(clamping: size) - BundleFile.magic.count)
    ) {
      Array(try handle.read(upToCount: 1 << 16) ?? Data())
    }
    guard size <= UInt64(SyncLimits.bundleBytesMax) else {
      throw SyncRefusal.tooLarge(
        what: "bundle", got: Int(clamping: size), limit: SyncLimits.bundleBytesMax)
    }
    let magic = try handle.read(upToCount: BundleFile.magic.count) ?? Data()
    guard Array(magic) == BundleFile.magic else {
      throw SyncRefusal.malformed("the file does not begin like a bundle")
    }
  }

  /// A bundle's limits are judged by its size, which nobody knows of a pipe.
  private static func size(of handle: FileHandle) throws -> UInt64 {
    do {
      let size = try handle.seekToEnd()
      try handle.seek(toOffset: 0)
      return size
    } catch {
      throw SyncRefusal.malformed("it is no file, of which the size is known; copy it into one")
    }
  }

  deinit {
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
      guard !isWhole else { throw SyncRefusal.malformed("a frame after the goodbye") }
      switch frame.message {
      case .batch(let batch):
        events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
        try body(batch)
      case .goodbye(let goodbye):
        guard goodbye.events == events else {
          throw SyncRefusal.malformed("it claims \(goodbye.events) events and holds \(events)")
        }
        isWhole = true
      case .hello, .want, .refusal, .forkQuestion, .forkAnswer, .join, .nonces, nil:
        throw SyncRefusal.malformed("a frame that a bundle does not hold")
      }
    }
    guard isWhole else { throw SyncRefusal.malformed("a bundle that ends early") }
  }

  /// Nil at the end of the file.
  ///
  /// - Throws: `SyncRefusal` for a frame that is too large, truncated or undecodable.
  package func next() throws -> Scorebook_V1_Frame? {
    try unpacker.next()
  }
}
