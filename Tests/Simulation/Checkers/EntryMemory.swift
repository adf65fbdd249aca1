import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// What the checkers read out of entries: each entry is decoded once, however many ledgers hold it, and is known by the
/// hash of the bytes that each of them stores.
package final class EntryMemory {
  /// Of one entry.
  package struct Facts: Sendable {
    /// Microseconds since 1970 UTC.
    var recorded: Int64
    /// The greatest stamp that an observation names.
    var observedStamp: Int64?
    /// The entry of another log that it repeats.
    var repeats: WrittenEntry?
    var customer: CustomerID?
  }

  private var known: [Digest256: Facts] = [:]

  package init() {}

  /// - Throws: for bytes that are no event.
  func facts(of bytes: [UInt8]) throws -> (leaf: Digest256, facts: Facts) {
    let leaf = NaiveTree.leaf(bytes)
    if let facts = known[leaf] { return (leaf, facts) }
    let event = try Scorebook_V1_Event(serializedBytes: bytes)
    var facts = Facts(
      recorded: event.recordedUs, customer: CustomerID(bytes: event.meaning.customer))
    if case .observed(let observed) = event.body { facts.observedStamp = observed.stampUs }
    if case .forkTailRepeated(let repeated) = event.body,
      let log = LogID(bytes: repeated.repeats.log)
    {
      facts.repeats = WrittenEntry(
        address: Address(log: log, seq: repeated.repeats.seq),
        leaf: NaiveTree.leaf(ProtobufBytes.array(repeated.entry)))
    }
    known[leaf] = facts
    return (leaf, facts)
  }
}
