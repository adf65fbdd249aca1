import Crypto
import Foundation
package import LedgerCore

/// The newest acknowledged head of the own log, in a small file beside the ledger.
///
/// One flipped bit in a write-ahead log makes SQLite silently drop the rest of it, and the shorter log still
/// verifies; a restored backup does the same. Only a head kept outside the database sees it. Two slots are written
/// in turn and in place, each with its own checksum, and synced before the acknowledgement: a torn write spoils one
/// slot, and the other one still says what was acknowledged before.
///
/// Slot: generation u64 · log 16 · seq u64 · root 32 · first 16 bytes of SHA-256 of these; big-endian.
package struct HighWaterFile {
  private static let slotBytes = 80
  private let descriptor: Int32
  private var generation: UInt64
  /// What was last read or written here, as bytes and as a head: while the file says the same, nothing is hashed.
  private var known: (slots: [UInt8], head: Head?) = ([], nil)

  /// Opens or creates the file.
  ///
  /// - Throws: `CocoaError` with the path.
  package init(path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DurableFile.failure(path) }
    generation = 0
    _ = read()
  }

  package func close() {
    Foundation.close(descriptor)
  }

  /// The newest head that reads back whole; nil for a new file. Another process may have written it.
  package mutating func read() -> Head? {
    let bytes = slots()
    if bytes == known.slots { return known.head }
    let newest = Self.decode(slots: bytes)
    generation = newest?.generation ?? 0
    known = (bytes, newest?.head)
    return newest?.head
  }

  /// Writes and syncs. A failure to sync ends the process: the page cache may pretend that it worked, so nothing can
  /// be acknowledged any more, and the next start recovers from what is really there.
  package mutating func write(_ head: Head) {
    _ = read()
    generation += 1
    let slot = Self.encode(head, generation: generation)
    let offset = Int(generation % 2) * Self.slotBytes
    let written = slot.withUnsafeBytes {
      pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
    }
    guard written == slot.count, fdatasync(descriptor) == 0 else {
      SyncFailure.endProcess("The high-water file could not be written and synced")
    }
    var slots = known.slots
    slots.append(contentsOf: repeatElement(0, count: 2 * Self.slotBytes - slots.count))
    slots.replaceSubrange(offset..<offset + Self.slotBytes, with: slot)
    known = (slots, head)
  }

  /// A failure to read ends the process: taken for a new file, the next slot would be older than the one that is there.
  private func slots() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 2 * Self.slotBytes)
    while true {
      let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
      if read >= 0 { return Array(bytes.prefix(read)) }
      guard errno == EINTR else { SyncFailure.endProcess("The high-water file could not be read") }
    }
  }

  private static func decode(slots: [UInt8]) -> (generation: UInt64, head: Head)? {
    [0, slotBytes].compactMap { start in
      start + slotBytes <= slots.count ? decode(Array(slots[start..<start + slotBytes])) : nil
    }
    .max { $0.generation < $1.generation }
  }

  private static func encode(_ head: Head, generation: UInt64) -> [UInt8] {
    let body =
      [UInt8](bigEndian: generation) + head.log.bytes + [UInt8](bigEndian: head.size)
      + head.root.bytes
    return body + Array(Digest256(hashing: body).bytes.prefix(16))
  }

  private static func decode(_ bytes: [UInt8]) -> (generation: UInt64, head: Head)? {
    let body = Array(bytes.prefix(64))
    guard Array(Digest256(hashing: body).bytes.prefix(16)) == Array(bytes.suffix(16)),
      let log = LogID(bytes: body[8..<24]), let root = Digest256(bytes: body[32..<64])
    else { return nil }
    let number = { (range: Range<Int>) in body[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
    return (number(0..<8), Head(log: log, size: number(24..<32), root: root))
  }
}
