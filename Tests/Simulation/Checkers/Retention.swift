package import LedgerCore

/// Everything that a machine acknowledged, as the simulator saw it happen.
package struct Acknowledgements: Sendable {
  package struct Item: Sendable {
    package var leaf: Digest256
    package var address: Address
    package var machine: Int
    /// Its machine was put back to a state without it, or thrown away: nobody repeats it of himself.
    package var isOrphan = false

    var written: WrittenEntry { WrittenEntry(address: address, leaf: leaf) }

    package init(leaf: Digest256, address: Address, machine: Int) {
      self.leaf = leaf
      self.address = address
      self.machine = machine
    }
  }

  package private(set) var items: [Item] = []
  /// Lost with a machine before anybody else had them.
  package private(set) var lost = 0

  package init() {}

  package mutating func add(_ item: Item) {
    items.append(item)
  }

  /// A machine does not hold what it acknowledged any more.
  ///
  /// `held`: what it holds still.
  /// `elsewhere`: what the other machines hold.
  mutating func putBack(machine: Int, held: Set<Digest256>, elsewhere: Set<Digest256>) {
    for index in items.indices where items[index].machine == machine {
      if !held.contains(items[index].leaf) { items[index].isOrphan = true }
    }
    let count = items.count
    // Also what another machine once lost, and this one was the last to hold.
    items.removeAll { !held.contains($0.leaf) && !elsewhere.contains($0.leaf) }
    lost += count - items.count
  }
}

/// Nothing that was acknowledged is lost, and nothing counts twice.
package enum Retention {
  /// `limited`: machines whose logs need not count.
  package static func violations(
    in views: [LedgerView], _ acknowledged: Acknowledgements, limited: Set<Int>
  ) -> [Violation] {
    let held = views.reduce(into: Set<Digest256>()) { $0.formUnion($1.held) }
    guard let first = views.first else { return [] }
    let counted = first.counted
    var found: [Violation] = []
    for item in acknowledged.items {
      let what = "\(item.address), acknowledged by machine \(item.machine),"
      if !held.contains(item.leaf) {
        found.append(
          Violation(.retention, "\(what) is held nowhere", machines: [item.machine]))
      } else if !item.isOrphan, !limited.contains(item.machine), counted[item.written] == nil {
        found.append(
          Violation(
            .retention, "\(what) counts nowhere", machines: [item.machine, first.machine]))
      }
      if let times = counted[item.written], times > 1 {
        found.append(
          Violation(
            .retention, "\(what) counts \(times) times", machines: [item.machine, first.machine]))
      }
    }
    return found
  }
}
