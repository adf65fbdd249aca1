import FeedbackLedger
import LedgerSchema
import LedgerSync
import TestSupport

/// A stream of frames behind its compression: the first byte says in what pieces it comes.
enum FrameStreamTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let pieceBytes = bytes.first else { return }
    var raw = RawBundle(windowLog: 20)
    raw.add(plain: Array(bytes.dropFirst()))
    let stream = Array(raw.bytes().dropFirst(RawBundle.magic.count))
    let whole = try outcome(of: stream, pieceBytes: .max)
    let pieces = try outcome(of: stream, pieceBytes: Int(pieceBytes) + 1)
    try law("the same frames are read, in whatever pieces they come") {
      whole.frames == pieces.frames && whole.refusal == pieces.refusal
    }
    try law("a stream without a refusal is read to its end") {
      whole.refusal != nil || whole.frames.count == count(of: bytes.dropFirst())
    }
  }

  /// By the lengths alone; nil for a stream that ends within a frame.
  private static func count(of plain: ArraySlice<UInt8>) -> Int? {
    var rest = plain
    var count = 0
    while !rest.isEmpty {
      guard rest.count >= 4 else { return nil }
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard rest.count >= 4 + length else { return nil }
      rest = rest.dropFirst(4 + length)
      count += 1
    }
    return count
  }

  private static func outcome(
    of stream: [UInt8], pieceBytes: Int
  ) throws -> (frames: [Scorebook_V1_Frame], refusal: SyncRefusal?) {
    var rest = stream[...]
    let unpacker = try FrameUnpacker(windowLogMax: 27, packedBytes: stream.count) {
      defer { rest = rest.dropFirst(pieceBytes) }
      return Array(rest.prefix(pieceBytes))
    }
    var frames: [Scorebook_V1_Frame] = []
    do {
      while let frame = try unpacker.next() { frames.append(frame) }
    } catch let refusal as SyncRefusal {
      return (frames, refusal)
    }
    return (frames, nil)
  }
}
