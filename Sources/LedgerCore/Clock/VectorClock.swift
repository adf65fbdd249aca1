/// How far each log is known: `LogID → seq`. Compares events (happened-before) and ledgers (who lacks what).
///
/// A log that is not named stands at 0. Kept as a sorted array: iteration order is the same everywhere, and a
/// clock has as many entries as there are logs, which is tens to hundreds.
///
/// Commutative, associative, idempotent under `join`. Source: Mattern, "Virtual Time and Global States of
/// Distributed Systems" (1988).
public struct VectorClock: Hashable, Sendable {
  /// Ascending by log, every seq ≥ 1.
  public private(set) var entries: [Address]

  /// The clock that contains nothing.
  public init() {
    entries = []
  }

  /// A log named several times takes its greatest seq; a seq of 0 is left out.
  public init(_ addresses: some Sequence<Address>) {
    var greatest: [LogID: UInt64] = [:]
    for address in addresses where address.seq > 0 {
      greatest[address.log] = max(greatest[address.log] ?? 0, address.seq)
    }
    entries = greatest.map { Address(log: $0.key, seq: $0.value) }.sorted { $0.log < $1.log }
  }

  /// 0 for a log that is not named. O(log n).
  public subscript(log: LogID) -> UInt64 {
    get {
      let index = lowerBound(of: log)
      return index < entries.count && entries[index].log == log ? entries[index].seq : 0
    }
    set {
      let index = lowerBound(of: log)
      let isNamed = index < entries.count && entries[index].log == log
      switch (isNamed, newValue) {
      case (true, 0): entries.remove(at: index)
      case (true, _): entries[index] = Address(log: log, seq: newValue)
      case (false, 0): break
      case (false, _): entries.insert(Address(log: log, seq: newValue), at: index)
      }
    }
  }

  /// Whether it contains nothing.
  public var isEmpty: Bool { entries.isEmpty }

  /// Whether the event lies inside.
  public func contains(_ address: Address) -> Bool {
    address.seq <= self[address.log]
  }

  /// Whether everything inside `other` lies inside this clock too.
  public func covers(_ other: VectorClock) -> Bool {
    other.entries.allSatisfy(contains)
  }

  /// The greater seq of each log.
  public func joined(with other: VectorClock) -> VectorClock {
    merged(with: other, take: max)
  }

  /// The smaller seq of each log.
  public func meeting(_ other: VectorClock) -> VectorClock {
    merged(with: other, take: min)
  }

  private func merged(
    with other: VectorClock, take choose: (UInt64, UInt64) -> UInt64
  ) -> VectorClock {
    var result = VectorClock()
    var left = entries[...]
    var right = other.entries[...]
    while let log = [left.first?.log, right.first?.log].compactMap(\.self).min() {
      let leftSeq = left.first?.log == log ? left.removeFirst().seq : 0
      let rightSeq = right.first?.log == log ? right.removeFirst().seq : 0
      let seq = choose(leftSeq, rightSeq)
      if seq > 0 { result.entries.append(Address(log: log, seq: seq)) }
    }
    return result
  }

  private func lowerBound(of log: LogID) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].log < log {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
