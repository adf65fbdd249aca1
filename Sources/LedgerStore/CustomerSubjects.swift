import GRDB
import LedgerCore
import LedgerSchema

/// Groups items by customer, for scores in which a customer's answers are compared: what touches one of them may
/// bring back or displace another, at either cut or in any step between.
struct CustomerSubjects {
  /// A merge or an unmerge that only one of the cuts counts.
  struct Change {
    var position: UInt32
    var cause: Cause
    var customers: [CustomerID]
  }

  private let database: Database
  private let state: StoreState
  private let first: ResolvedCut
  private let second: ResolvedCut
  private let before: [(address: Address, event: Scorebook_V1_Event)]
  private let after: [(address: Address, event: Scorebook_V1_Event)]

  init(
    _ database: Database, _ state: StoreState, from first: ResolvedCut, to second: ResolvedCut
  ) {
    self.database = database
    self.state = state
    self.first = first
    self.second = second
    before = state.contextEvents(in: first)
    after = state.contextEvents(in: second)
  }

  /// What the context says at each step.
  var steps: ContextSteps {
    let causality = second.causality ?? state.fold.causality
    let merges = after.filter { CustomerMerge($0.event, at: $0.address) != nil }
    var steps = ContextSteps(
      voidedBefore: first.voidedBatches, voidedAfter: second.voidedBatches,
      causalityBefore: first.causality ?? state.fold.causality, causalityAfter: causality,
      identitiesBefore: state.identities(of: first),
      identitiesMerged: CustomerIdentities(events: before + merges, causality: causality),
      identitiesAfter: CustomerIdentities(events: after, causality: causality))
    (steps.doublesBefore, steps.doublesAfter) = (first.doubles, second.doubles)
    return steps
  }

  /// `touched`: the items that differ between the cuts, ascending.
  func subjects(_ touched: [UInt32], _ history: HistoryReader) throws -> [ExplainReader.Subject] {
    let changes = self.changes()
    // Whoever is one person at any step is one subject in all of them.
    var people = CustomerIdentities(
      uniting: (before + after).compactMap { CustomerMerge($0.event, at: $0.address) })
    var customers: [UInt32: CustomerID] = [:]
    var names: Set<CustomerID> = Set(changes.flatMap(\.customers))
    for item in touched {
      let named = try respondents(ofItem: item, history)
      guard let one = named.min() else { continue }
      for other in named { people.unite(one, other) }
      customers[item] = one
      names.insert(one)
    }
    let wanted = Set(names.map { people.name(of: $0) })
    try addOthers(of: wanted, people, history, to: &customers)
    return subjects(touched, customers, people, changes)
  }

  private func subjects(
    _ touched: [UInt32], _ customers: [UInt32: CustomerID], _ people: CustomerIdentities,
    _ changes: [Change]
  ) -> [ExplainReader.Subject] {
    var ofPerson: [CustomerID: [UInt32]] = [:]
    for (item, customer) in customers {
      ofPerson[people.name(of: customer), default: []].append(item)
    }
    let known = ofPerson.sorted { $0.key < $1.key }.map { person, items in
      ExplainReader.Subject(
        items: items.sorted(), customer: person,
        merges: changes.filter { change in
          change.customers.contains { people.name(of: $0) == person }
        })
    }
    // Nobody's answers are compared with nobody's.
    return known + touched.filter { customers[$0] == nil }.map { .init(items: [$0]) }
  }

  /// The merges and unmerges that make the difference between the cuts.
  private func changes() -> [Change] {
    let earlier = Set(before.map(\.address))
    let later = Set(after.map(\.address))
    let all = before + after.filter { !earlier.contains($0.address) }
    let merges = all.compactMap { CustomerMerge($0.event, at: $0.address) }
    return all.compactMap { address, event in
      guard earlier.contains(address) != later.contains(address),
        let log = state.numbers[address.log],
        let position = state.arrivals.position(ofSeq: UInt32(clamping: address.seq), log: log)
      else { return nil }
      if let merge = CustomerMerge(event, at: address) {
        let cause = later.contains(address) ? Cause.mergedIdentity : .unmergedIdentity
        return Change(position: position, cause: cause, customers: merge.customers)
      }
      guard case .customersUnmerged = event.body else { return nil }
      let item = Projector.item(of: event, at: address)
      let undone = merges.filter { $0.item == item }.flatMap(\.customers)
      return Change(position: position, cause: .unmergedIdentity, customers: undone)
    }
  }

  /// Every customer that the item's events say it belongs to.
  private func respondents(ofItem item: UInt32, _ history: HistoryReader) throws -> [CustomerID] {
    let (rows, arena) = try self.history(ofItem: item, history)
    return arena.withUnsafeBytes { payload in
      rows.compactMap { $0.respondent(payload: payload) }
    }
  }

  /// Adds the items of the wanted people that are the same at both cuts.
  private func addOthers(
    of wanted: Set<CustomerID>, _ people: CustomerIdentities, _ history: HistoryReader,
    to customers: inout [UInt32: CustomerID]
  ) throws {
    guard !wanted.isEmpty else { return }
    var context = state.fold
    context.voidedBatches = first.voidedBatches
    context.doubles = first.doubles
    let named = try PageScan(database).items(tail: state.tail) { customer in
      wanted.contains(people.name(of: customer))
    }
    for item in named where customers[item] == nil {
      let (rows, arena) = try self.history(ofItem: item, history)
      let counted = rows.filter { $0.seq <= first.counted[Int($0.log)] }
      let customer = arena.withUnsafeBytes { payload in
        RespondentProbe(of: counted, payload: payload, context: &context).customer
      }
      guard let customer, wanted.contains(people.name(of: customer)) else { continue }
      customers[item] = customer
    }
  }

  private func history(
    ofItem item: UInt32, _ history: HistoryReader
  ) throws -> (rows: [EventRow], arena: [UInt8]) {
    var rows: [EventRow] = []
    var arena: [UInt8] = []
    try history.appendHistory(ofItem: item, tail: state.tail, to: &rows, arena: &arena)
    return (rows, arena)
  }
}

extension PageScan {
  /// The items of which an event says that they belong to a wanted customer, ascending.
  fileprivate func items(
    tail: TailBuffer, ofCustomer isWanted: (CustomerID) -> Bool
  ) throws -> [UInt32] {
    var items: Set<UInt32> = []
    let sealed = ProjectionPage.number(ofPosition: tail.firstPosition)
    try forEachPage(0..<sealed, depth: .customers) { page in
      for index in 0..<page.rows.count {
        let row = page.rows.row(index)
        guard let customer = row.respondent(payload: page.rows.payload), isWanted(customer) else {
          continue
        }
        items.insert(page.links.link(ofRow: index)?.first ?? row.position)
      }
    }
    tail.payload.withUnsafeBytes { payload in
      for row in tail.rows {
        if let customer = row.respondent(payload: payload), isWanted(customer) {
          items.insert(row.item)
        }
      }
    }
    return items.sorted()
  }
}
