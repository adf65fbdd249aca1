/// Who had seen what: the observations of every log, and the vector clocks that follow from them.
///
/// An ordinary event carries no clock. The clock of `(log, n)` is `{log: n}` joined with every observation at or
/// before `n` in that log and with the clocks of the heads they name (DESIGN §2.4). So clocks change only at
/// observations, and one clock per observation is kept.
package struct Causality: Hashable, Sendable {
  private struct Observation: Hashable {
    let seq: UInt64
    /// Everything this log had seen through its observations up to here, itself left out.
    let seen: VectorClock
  }

  private var observations: [LogID: [Observation]] = [:]

  package init() {}

  /// The clocks of many observations, in whatever order the logs came: those of one log ascend. The smallest that
  /// satisfy all of them, so they depend on no order.
  ///
  /// O(observations) where causes come first, as nearly always; once more for every step of a chain that comes
  /// backwards.
  package init(_ observations: [(heads: [Address], at: Address)]) {
    self.init()
    var isSettled = false
    while !isSettled {
      var next = Causality()
      var named: [LogID: UInt64] = [:]
      isSettled = true
      for (heads, address) in observations {
        next.observe(heads, at: address, knowing: self)
        for head in heads { named[head.log] = max(named[head.log] ?? 0, head.seq) }
        // Somebody has seen this one already, and it was not known then.
        if address.seq <= named[address.log] ?? 0 { isSettled = false }
      }
      isSettled = isSettled || next == self
      self = next
    }
  }

  /// Adds what the log observed at `address`. Observations of one log come in ascending order, and those of the
  /// heads they name come first.
  ///
  /// - Precondition: `address.seq` is greater than that of the log's observations so far.
  package mutating func observe(_ heads: [Address], at address: Address) {
    observe(heads, at: address, knowing: nil)
  }

  private mutating func observe(
    _ heads: [Address], at address: Address, knowing known: Causality?
  ) {
    let earlier = observations[address.log]?.last
    precondition((earlier?.seq ?? 0) < address.seq, "Observations ascend; got \(address).")
    var seen = earlier?.seen ?? VectorClock()
    for head in heads where head.log != address.log {
      seen = seen.joined(with: clock(of: head))
      if let known { seen = seen.joined(with: known.clock(of: head)) }
    }
    // What a head had seen of this very log adds nothing: {log: n} covers it.
    seen[address.log] = 0
    observations[address.log, default: []].append(Observation(seq: address.seq, seen: seen))
  }

  /// The event and everything before it.
  package func clock(of address: Address) -> VectorClock {
    var clock = lastObservation(at: address)?.seen ?? VectorClock()
    clock[address.log] = address.seq
    return clock
  }

  /// Whether `earlier` is in the causal past of `later`. False for an event and itself.
  package func happenedBefore(_ earlier: Address, _ later: Address) -> Bool {
    if earlier.log == later.log { return earlier.seq < later.seq }
    return lastObservation(at: later)?.seen.contains(earlier) ?? false
  }

  /// Neither happened before the other, and they are two.
  package func areConcurrent(_ left: Address, _ right: Address) -> Bool {
    left != right && !happenedBefore(left, right) && !happenedBefore(right, left)
  }

  /// The clock grown by all the causes of what is in it: the smallest causally closed clock that covers it.
  package func closure(of clock: VectorClock) -> VectorClock {
    clock.entries.reduce(clock) { $0.joined(with: self.clock(of: $1)) }
  }

  /// Where the log observed last; nil before it did.
  package func lastObservation(of log: LogID) -> Address? {
    observations[log]?.last.map { Address(log: log, seq: $0.seq) }
  }

  private func lastObservation(at address: Address) -> Observation? {
    guard let list = observations[address.log] else { return nil }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle].seq <= address.seq {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low == 0 ? nil : list[low - 1]
  }
}
