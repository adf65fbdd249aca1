package import LedgerSchema

/// Which pseudonyms are one person: union-find over the merges inside a cut that no unmerge which causally follows
/// them has cancelled.
///
/// A function of a set of events: neither their order nor a repetition changes it. Merge then unmerge is the identity.
package struct CustomerIdentities: Sendable {
  /// Every pseudonym that is not its own name, and the name that stands for it.
  private var names: [CustomerID: CustomerID] = [:]

  /// Everybody is somebody else.
  package init() {}

  /// `events`: the context events of a cut that count, in any order.
  /// `causality`: says which unmerge had seen which merge.
  package init(
    events: some Sequence<(address: Address, event: Scorebook_V1_Event)>, causality: Causality
  ) {
    var merges: [CustomerMerge] = []
    var unmerges: [ItemID: [Address]] = [:]
    for (address, event) in events {
      if let merge = CustomerMerge(event, at: address) {
        merges.append(merge)
      } else if case .customersUnmerged = event.body {
        unmerges[Projector.item(of: event, at: address), default: []].append(address)
      }
    }
    // An unmerge cancels the merges that it has seen; one made elsewhere meanwhile stands.
    self.init(
      uniting: merges.filter { merge in
        !(unmerges[merge.item] ?? []).contains { causality.happenedBefore(merge.address, $0) }
      })
  }

  /// All of the merges act.
  package init(uniting merges: some Sequence<CustomerMerge>) {
    for merge in merges {
      for customer in merge.customers.dropFirst() { unite(merge.customers[0], customer) }
    }
    for customer in names.keys { names[customer] = name(of: customer) }
  }

  /// Whether an event says who is who, or takes that back.
  package static func reads(_ event: Scorebook_V1_Event) -> Bool {
    if case .customersUnmerged = event.body { return true }
    if case .customersMerged = event.body { return true }
    return false
  }

  /// The smallest pseudonym of the person; the pseudonym itself where nothing is merged.
  @inline(__always)
  package func name(of customer: CustomerID) -> CustomerID {
    if names.isEmpty { return customer }
    var current = customer
    while let next = names[current] { current = next }
    return current
  }

  package var isEmpty: Bool { names.isEmpty }

  /// Makes the two one person. Each pseudonym points to a smaller one, so there is no loop.
  package mutating func unite(_ left: CustomerID, _ right: CustomerID) {
    let (left, right) = (name(of: left), name(of: right))
    guard left != right else { return }
    names[max(left, right)] = min(left, right)
  }
}

/// What one merge event says: these pseudonyms are one person.
package struct CustomerMerge: Hashable, Sendable {
  package let address: Address
  /// What an unmerge names.
  package let item: ItemID
  /// At least two, as the event lists them.
  package let customers: [CustomerID]

  /// Nil for another kind, and for a merge that names fewer than two pseudonyms, which only a foreign entry can.
  package init?(_ event: Scorebook_V1_Event, at address: Address) {
    guard case .customersMerged(let merge) = event.body else { return nil }
    let customers = ([merge.survivor] + merge.absorbed).compactMap { CustomerID(bytes: $0) }
    guard customers.count >= 2 else { return nil }
    self.address = address
    item = Projector.item(of: event, at: address)
    self.customers = customers
  }
}
