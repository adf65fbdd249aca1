package import FeedbackLedger
package import LedgerCore
package import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// All logs that a ledger holds, decoded: what the reference computes from. No page, no link, no counter.
package struct ReferenceLogs {
  package struct Entry {
    package var address: Address
    package var bytes: [UInt8]
    package var event: Scorebook_V1_Event
    package var stamp: Int64
    /// Of the log up to and including this entry.
    package var root: Digest256
  }

  package private(set) var logs: [LogID: [Entry]] = [:]
  package let ledger: Digest256
  package let genesis: LogID
  package let zone: ZoneOffsets

  package init(of ledger: Ledger) throws {
    self.ledger = ledger.identity.ledger
    genesis = ledger.identity.authorityLog
    zone = ledger.store.zone
    logs = try ledger.store.read { database, state in
      var logs: [LogID: [Entry]] = [:]
      for log in state.logs where log.size > 0 {
        var entries: [[UInt8]] = []
        try EntryReader(database).forEachEntry(log: log.number, seqs: 1...log.size) {
          entries.append($1)
        }
        logs[log.id] = try Self.entries(entries, log: log.id)
      }
      return logs
    }
  }

  package var clock: VectorClock {
    VectorClock(logs.map { Address(log: $0.key, seq: UInt64($0.value.count)) })
  }

  package func entry(_ address: Address) -> Entry? {
    guard let log = logs[address.log], address.seq >= 1, address.seq <= log.count else {
      return nil
    }
    return log[Int(address.seq) - 1]
  }

  /// The entries of a cut in canonical order.
  package func entries(in clock: VectorClock) -> [Entry] {
    logs.values.flatMap { $0 }.filter { clock.contains($0.address) }
      .sorted {
        ($0.stamp, $0.address.log, $0.address.seq) < ($1.stamp, $1.address.log, $1.address.seq)
      }
  }

  /// The heads that an observation names, those left out whose root is not the log's. Of a forked log the common part
  /// is seen.
  package func observed(by entry: Entry, forks: [LogID: UInt64] = [:]) -> [Address] {
    guard case .observed(let observed) = entry.event.body else { return [] }
    return observed.heads.compactMap { head in
      guard let log = LogID(bytes: head.log), log != entry.address.log else { return nil }
      if let common = forks[log], head.size > common {
        return logs[log] == nil || common == 0 ? nil : Address(log: log, seq: common)
      }
      let address = Address(log: log, seq: head.size)
      return self.entry(address)?.root == Digest256(bytes: head.root) ? address : nil
    }
  }

  /// The clock of an event by its definition: its own place, joined with the clocks of all heads that its log had
  /// observed by then.
  package func clock(of address: Address, forks: [LogID: UInt64] = [:]) -> VectorClock {
    var clock = VectorClock([address])
    var open = [address]
    while let next = open.popLast() {
      for entry in (logs[next.log] ?? []).prefix(Int(next.seq)) {
        for head in observed(by: entry, forks: forks) where !clock.contains(head) {
          clock[head.log] = head.seq
          open.append(head)
        }
      }
    }
    return clock
  }

  /// The clock grown by all causes of what is in it.
  package func closure(of clock: VectorClock) -> VectorClock {
    clock.entries.reduce(clock) { $0.joined(with: self.clock(of: $1)) }
  }

  private static func entries(_ bytes: [[UInt8]], log: LogID) throws -> [Entry] {
    var frontier = MerkleFrontier()
    var stamp = Stamp.beforeAll
    return try bytes.enumerated().map { index, bytes in
      let event = try Scorebook_V1_Event(serializedBytes: bytes)
      frontier.append(leaf: bytes.withUnsafeBytes { MerkleTree.leafHash($0) })
      stamp = max(event.recordedUs, stamp &+ 1)
      if case .observed(let observed) = event.body { stamp = max(stamp, observed.stampUs + 1) }
      return Entry(
        address: Address(log: log, seq: UInt64(index + 1)), bytes: bytes, event: event,
        stamp: stamp, root: frontier.root)
    }
  }
}
