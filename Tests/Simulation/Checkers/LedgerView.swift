package import FeedbackLedger
package import LedgerCore
import LedgerStore
package import TestSupport

/// What one ledger holds and says, read once: a value, so that checkers are functions and their tests may alter it.
///
/// What can be computed from the stored bytes is computed here again: leaf hashes, roots, stamps.
package struct LedgerView: Sendable {
  /// An entry as it is stored.
  package struct Entry: Hashable, Sendable {
    package var leaf: Digest256
    package var stamp: Int64
    /// The entry of another log that it repeats.
    package var repeats: WrittenEntry?
    /// Which of its texts are held; one bit for each ordinal.
    package var texts: UInt64 = 0
    /// Which of them the ledger knows to be missing, so that it asks for them.
    package var missing: UInt64 = 0
    /// Whether the ledger knows that the customer was erased.
    package var isErased = false
  }

  package var machine: Int
  package var name: String
  package var logs: [LogID: [Entry]] = [:]
  /// As the ledger says.
  package var heads: [LogID: Head] = [:]
  /// The last seq of each log that counts, as the ledger says.
  package var limits: [LogID: UInt64] = [:]
  /// The logs that are proven to have forked, as the ledger says, each with its last common seq.
  package var forks: [LogID: UInt64] = [:]
  /// As the ledger keeps them.
  package var counters = NamedCounters()
  /// All events in the order of the ledger; nil where it holds more than it keeps in memory.
  package var order: [Address]?
  /// Leaf hashes of entries that are kept beside the logs: other branches.
  package var besides: Set<Digest256> = []
  /// The logs that decide who counts, and those whose keys were given up, as the ledger says.
  package var deciding: Set<LogID> = []
  package var givenUp: Set<LogID> = []
  /// Whether the ledger's own log is a member's that has not ended and whose key was not given up, as the ledger says:
  /// only those are given texts.
  package var isGivenTexts = true
  /// Addresses of events of erased customers that have texts.
  package var textsOfErased: [Address] = []

  /// `memory`: what was decoded before.
  package init(
    of ledger: Ledger, machine: Int, memory: EntryMemory = EntryMemory()
  ) throws {
    self.init(machine: machine, name: "\(machine) (\(ledger.site))")
    let erased = try Self.erased(in: ledger)
    try ledger.store.read { database, state in
      for log in state.logs where log.size > 0 {
        heads[log.id] = Head(log: log.id, size: log.size, root: log.frontier.root)
        limits[log.id] = min(UInt64(log.limit), log.size)
        if state.membership?.mayDecide(log.id) == true { deciding.insert(log.id) }
        if state.membership?.isGivenUp(log.id) == true { givenUp.insert(log.id) }
        if log.id == ledger.log {
          isGivenTexts =
            log.limit > 0 && state.membership?.members[log.id]?.limit == .max
            && !givenUp.contains(log.id)
        }
        let texts = try TextTable(database).texts(log: log.number, seqs: 1...log.size)
        let missing = try TextTable(database).missing(of: [log.number], limit: .max)
        var found: [Address] = []
        try read(log, database, memory) { seq, facts, entry in
          for text in texts[seq] ?? [] { entry.texts |= 1 << UInt64(text.ordinal) }
          for text in missing where text.seq == seq { entry.missing |= 1 << UInt64(text.ordinal) }
          entry.isErased = facts.customer.map(erased.contains) ?? false
          guard entry.texts != 0, entry.isErased else { return }
          found.append(Address(log: log.id, seq: seq))
        }
        textsOfErased += found
      }
      if state.tail.rows.count == Int(state.lastPosition) {
        order = state.tail.rows.sorted { state.fold.precedes($0, $1) }
          .map(state.fold.address(of:))
      }
    }
    for fork in try ledger.forks() { forks[fork.log] = fork.commonSeq }
    counters = try StoreCounters(ledger).kept()
  }

  /// Of a ledger only what it holds.
  package static func held(by ledger: Ledger, memory: EntryMemory) throws -> Set<Digest256> {
    try logs(of: ledger, memory: memory).held
  }

  /// Of a ledger only its logs.
  package static func logs(of ledger: Ledger, memory: EntryMemory) throws -> LedgerView {
    var view = Self(machine: 0, name: "")
    try ledger.store.read { database, state in
      for log in state.logs where log.size > 0 {
        try view.read(log, database, memory) { _, _, _ in }
      }
    }
    return view
  }

  /// Whether a log begins with what the head says.
  package func holds(_ head: Head) -> Bool {
    guard let entries = logs[head.log], UInt64(entries.count) >= head.size else { return false }
    return NaiveTree.root(entries.prefix(Int(head.size)).map(\.leaf)[...]) == head.root
  }

  private init(machine: Int, name: String) {
    self.machine = machine
    self.name = name
  }

  private mutating func read(
    _ log: LogState, _ database: Connection, _ memory: EntryMemory,
    _ body: (UInt64, EntryMemory.Facts, inout Entry) -> Void
  ) throws {
    var entries: [Entry] = []
    entries.reserveCapacity(Int(log.size))
    try EntryReader(database).forEachEntry(log: log.number, seqs: 1...log.size) { seq, bytes in
      let (leaf, facts) = try memory.facts(of: bytes)
      var entry = Entry(leaf: leaf, facts, after: entries.last)
      body(seq, facts, &entry)
      entries.append(entry)
    }
    logs[log.id] = entries
    for other in try QuarantineTable(database).branchEntries(of: log.id) {
      besides.insert(NaiveTree.leaf(other.bytes))
    }
  }

  private static func erased(in ledger: Ledger) throws -> Set<CustomerID> {
    var erased: Set<CustomerID> = []
    try ledger.store.read { database, _ in
      try database.forEachRow("SELECT DISTINCT customer FROM erased_customer") { row in
        if let customer = CustomerID(bytes: row.blob(0)) { erased.insert(customer) }
      }
    }
    return erased
  }

  /// Everything whose bytes are here, in a log, repeated, or beside.
  package var held: Set<Digest256> {
    var held = besides
    for entry in logs.values.joined() {
      held.insert(entry.leaf)
      if let repeated = entry.repeats { held.insert(repeated.leaf) }
    }
    return held
  }

  /// How often each entry counts: by itself, and once however many ledgers repeat it.
  package var counted: [WrittenEntry: Int] {
    var counted: [WrittenEntry: Int] = [:]
    var repeated: Set<WrittenEntry> = []
    for (log, entries) in logs {
      for (index, entry) in entries.prefix(Int(limits[log] ?? 0)).enumerated() {
        if let tail = entry.repeats, !repeated.insert(tail).inserted { continue }
        let own = WrittenEntry(address: Address(log: log, seq: UInt64(index + 1)), leaf: entry.leaf)
        counted[entry.repeats ?? own, default: 0] += 1
      }
    }
    return counted
  }
}

extension LedgerView.Entry {
  init(leaf: Digest256, _ facts: EntryMemory.Facts, after last: Self?) {
    self.leaf = leaf
    var least = last.map { $0.stamp + 1 } ?? Int64.min
    if let observed = facts.observedStamp { least = max(least, observed + 1) }
    stamp = max(facts.recorded, least)
    repeats = facts.repeats
  }
}

/// The tree of RFC 9162, section 2.1.1, written as it is defined there.
package enum NaiveTree {
  package static func leaf(_ bytes: [UInt8]) -> Digest256 { Digest256(hashing: [0] + bytes) }

  package static func root(_ leaves: ArraySlice<Digest256>) -> Digest256 {
    guard let first = leaves.first else { return Digest256(hashing: []) }
    guard leaves.count > 1 else { return first }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let (left, right) = (root(leaves.prefix(split)), root(leaves.dropFirst(split)))
    return Digest256(hashing: [1] + left.bytes + right.bytes)
  }
}
