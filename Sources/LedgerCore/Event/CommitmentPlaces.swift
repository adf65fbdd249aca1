/// Where the commitments to texts lie in the bytes of an entry, so that they can be left out on the way and put back:
/// entries are never encoded again.
///
/// Walks the protobuf wire format itself, as a decoded message does not say where its fields lay. O(bytes), and never
/// traps, whatever the bytes are. Source: protobuf.dev/programming-guides/encoding.
package struct CommitmentPlaces: Sendable {
  /// By ordinal, as in ``TextCommitments``; nil where the entry has no 32 bytes there, or more than once. Empty for
  /// bytes that are no message, and for a repeated tail, whose commitments are those of the entry within it.
  package let ranges: [Range<Int>?]

  /// `entry`: one serialised event.
  package init(_ entry: [UInt8]) {
    ranges = entry.withUnsafeBytes { bytes in
      Self.payloads(ofField: Self.detachedField, in: bytes, 0..<bytes.count).map { detached in
        let found = Self.payloads(ofField: Self.commitmentField, in: bytes, detached)
        return found.count == 1 && found[0].count == 32 ? found[0] : nil
      }
    }
  }

  /// `Event.detached`.
  private static let detachedField: UInt64 = 7
  /// `Detached.commitment`.
  private static let commitmentField: UInt64 = 3

  /// Where the contents lie that one field of a message has, of those with a length; none where it is no message.
  private static func payloads(
    ofField number: UInt64, in bytes: UnsafeRawBufferPointer, _ message: Range<Int>
  ) -> [Range<Int>] {
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[message]))
    var payloads: [Range<Int>] = []
    while !reader.isAtEnd {
      let tag = reader.unsigned()
      switch tag & 7 {
      case 0: _ = reader.unsigned()
      case 1: _ = reader.take(8)
      case 2:
        let length = Int(clamping: reader.unsigned())
        let start = reader.offset
        _ = reader.take(length)
        guard tag >> 3 == number else { break }
        payloads.append(message.lowerBound + start..<message.lowerBound + reader.offset)
      case 5: _ = reader.take(4)
      default: return []  // Groups, which no schema of ours has.
      }
    }
    return reader.isDamaged ? [] : payloads
  }
}
