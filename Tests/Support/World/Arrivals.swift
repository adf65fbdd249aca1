import LedgerCore
package import LedgerStore

/// Lets entries arrive in a store in any order that keeps logs gapless.
package struct Arrivals {
  package let logs: ReferenceLogs
  /// Whether observations come after what they observe, as an honest peer that holds everything sends them.
  private let causesFirst: Bool

  package init(of logs: ReferenceLogs, causesFirst: Bool = true) {
    self.logs = logs
    self.causesFirst = causesFirst
  }

  /// A store that has taken everything in, in transactions of random sizes.
  package func store(eventsMax: Int, using random: inout SplitMix64) throws -> Store {
    let store = try Store.memory(zone: logs.zone)
    try store.write { appender in
      try LocalSetting.ledger.set(logs.ledger.bytes, in: appender.connection)
      try LocalSetting.authorityLog.set(logs.genesis.bytes, in: appender.connection)
      appender.state.ledger = logs.ledger
      appender.state.genesisLog = logs.genesis
    }
    var order = order(using: &random)[...]
    while !order.isEmpty {
      let batch = order.prefix(Int.random(in: 1...eventsMax, using: &random))
      order = order.dropFirst(batch.count)
      if Int.random(in: 0..<4, using: &random) == 0 { store.dropCache() }
      try store.write { appender in
        for entry in batch {
          try appender.append(
            entry.bytes, event: entry.event, log: try appender.number(of: entry.address.log),
            received: WallClock.start, isOwn: false)
        }
      }
    }
    return store
  }

  /// One of the orders in which the entries may arrive.
  package func order(using random: inout SplitMix64) -> [ReferenceLogs.Entry] {
    var taken = VectorClock()
    var order: [ReferenceLogs.Entry] = []
    let total = logs.logs.values.reduce(0) { $0 + $1.count }
    while order.count < total {
      let ready = logs.logs.keys.sorted().compactMap { log in
        logs.entry(Address(log: log, seq: taken[log] + 1))
      }.filter { mayCome($0, after: taken) }
      guard let next = ready.randomElement(using: &random) else { break }
      // A log is drained for a while, as a peer sends it.
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let address = Address(log: next.address.log, seq: taken[next.address.log] + 1)
        guard let entry = logs.entry(address), mayCome(entry, after: taken) else { break }
        order.append(entry)
        taken[address.log] = address.seq
      }
    }
    return order
  }

  private func mayCome(_ entry: ReferenceLogs.Entry, after taken: VectorClock) -> Bool {
    !causesFirst || logs.observed(by: entry).allSatisfy(taken.contains)
  }
}
