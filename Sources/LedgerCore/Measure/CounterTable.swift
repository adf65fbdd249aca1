/// The name of one counter: what is counted, for whom, when, and in which bucket.
package struct CounterKey: Hashable, Sendable, BitwiseCopyable {
  package var measure: Measure.RawValue
  /// A site number in the kept counters; in a query the number of a group.
  package var group: UInt32
  /// A day in the kept counters; in a query the first day of a period.
  package var period: Int32
  package var bucket: Int64

  package init(measure: Measure, group: UInt32, period: Int32, bucket: Int64) {
    self.measure = measure.rawValue
    self.group = group
    self.period = period
    self.bucket = bucket
  }

  /// Whether both are kept in one row.
  package func isOfSameRow(as other: CounterKey) -> Bool {
    group == other.group && period == other.period
  }

  /// The order of the kept rows, and inside a row that of its cells.
  package func precedesInRows(_ other: CounterKey) -> Bool {
    if group != other.group { return group < other.group }
    if period != other.period { return period < other.period }
    if measure != other.measure { return measure < other.measure }
    return bucket < other.bucket
  }

  @inline(__always)
  var mixed: UInt64 {
    let high = UInt64(group) << 32 | UInt64(UInt32(bitPattern: period))
    var mixed = (high &+ UInt64(measure) &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: bucket)
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ (mixed >> 32)
  }
}

extension CounterKey: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.measure, left.group, left.period, left.bucket)
      < (right.measure, right.group, right.period, right.bucket)
  }
}

/// Counters: integer cells that are added to. A flat table with open addressing, because a replay adds tens of
/// millions of times.
///
/// Adding commutes: the same contributions in any order and any batching give the same cells.
package struct CounterTable: Sendable {
  private var keys: [CounterKey]
  private var values: [Int64]
  private var isUsed: [Bool]
  private var usedCount = 0

  package init() {
    let capacity = 64
    keys = Array(
      repeating: CounterKey(measure: .nps, group: 0, period: 0, bucket: 0), count: capacity)
    values = Array(repeating: 0, count: capacity)
    isUsed = Array(repeating: false, count: capacity)
  }

  package subscript(key: CounterKey) -> Int64 {
    let slot = slot(of: key)
    return isUsed[slot] ? values[slot] : 0
  }

  @inline(__always)
  package mutating func add(_ weight: Int64, to key: CounterKey) {
    let slot = slot(of: key)
    if isUsed[slot] {
      values[slot] &+= weight
      return
    }
    isUsed[slot] = true
    keys[slot] = key
    values[slot] = weight
    usedCount += 1
    if usedCount * 2 > keys.count { grow() }
  }

  package mutating func add(_ other: CounterTable) {
    for slot in other.keys.indices where other.isUsed[slot] && other.values[slot] != 0 {
      add(other.values[slot], to: other.keys[slot])
    }
  }

  package mutating func subtract(_ other: CounterTable) {
    for slot in other.keys.indices where other.isUsed[slot] && other.values[slot] != 0 {
      add(0 &- other.values[slot], to: other.keys[slot])
    }
  }

  /// The cells that are not 0, ascending by key.
  package var cells: [(key: CounterKey, value: Int64)] {
    cells { $0 < $1 }
  }

  /// The cells that are not 0, in another order.
  package func cells(
    by precedes: (CounterKey, CounterKey) -> Bool
  ) -> [(key: CounterKey, value: Int64)] {
    keys.indices.filter { isUsed[$0] && values[$0] != 0 }
      .map { (keys[$0], values[$0]) }
      .sorted { precedes($0.key, $1.key) }
  }

  package var isEmpty: Bool {
    !keys.indices.contains { isUsed[$0] && values[$0] != 0 }
  }

  @inline(__always)
  private func slot(of key: CounterKey) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key.mixed) & mask
    while isUsed[slot], keys[slot] != key {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let old = self
    keys = Array(repeating: keys[0], count: old.keys.count * 2)
    values = Array(repeating: 0, count: keys.count)
    isUsed = Array(repeating: false, count: keys.count)
    usedCount = 0
    for slot in old.keys.indices where old.isUsed[slot] {
      add(old.values[slot], to: old.keys[slot])
    }
  }
}

extension CounterTable: Equatable {
  /// Equal cells, whatever was added to get there.
  package static func == (left: CounterTable, right: CounterTable) -> Bool {
    left.cells.elementsEqual(right.cells) { $0 == $1 }
  }
}
