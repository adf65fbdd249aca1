import LedgerCore
import LedgerSchema
import LedgerSync
import SwiftProtobuf

/// Frames as bytes: a length of four bytes, most significant first, then the message as it travels; as in a bundle.
enum FrameBytes {
  static func encode(_ frame: Scorebook_V1_Frame) throws -> [UInt8] {
    let bytes: [UInt8] = try frame.elided(.connections).serializedBytes()
    return withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes
  }

  /// The frames that are whole, and what is wrong with the rest.
  static func decode(_ bytes: [UInt8]) -> (frames: [Scorebook_V1_Frame], failure: SyncRefusal?) {
    var frames: [Scorebook_V1_Frame] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard rest.count >= 4 else { return (frames, .malformed("a truncated frame")) }
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard length <= SyncLimits.frameBytesMax else {
        return (frames, .tooLarge(what: "frame", got: length, limit: SyncLimits.frameBytesMax))
      }
      rest = rest.dropFirst(4)
      guard rest.count >= length else { return (frames, .malformed("a truncated frame")) }
      guard let frame = try? Scorebook_V1_Frame(serializedBytes: Array(rest.prefix(length))) else {
        return (frames, .malformed("a frame that is no message"))
      }
      do throws(SyncRefusal) {
        frames.append(try frame.restored())
      } catch {
        return (frames, error)
      }
      rest = rest.dropFirst(length)
    }
    return (frames, nil)
  }
}
