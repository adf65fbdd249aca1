import GRDB
import LedgerCore
import LedgerSchema

extension Appender {
  /// Takes in an event that changes what counts, and folds the subjects it touches again.
  func applyContext(
    _ event: Scorebook_V1_Event, at address: Address, position: UInt32
  ) throws {
    guard let log = state.numbers[address.log] else { return }
    // An observation is checked against the entries of the logs that it names.
    try settleEntries()
    try statements.insertContext.run(Int64(position), Int64(log), Int64(address.seq))
    switch event.body {
    case .observed(let observed):
      let heads = try ObservedHeads(
        observed.heads, by: address, forks: state.membership?.forks ?? [:], in: state, database)
      state.fold.causality.observe(heads.seen, at: address)
      state.awaited.formUnion(heads.awaited)
      if state.awaited.contains(commonPart: address) { try reviewCausality() }
      return
    case .importVoided:
      if let id = ItemID(bytes: event.item) { _ = state.fold.vocabulary.intern(batch: id) }
    case .customerErased(let erasure):
      try erase(erasure, by: address)
    default: break  // Takes effect by being kept as a context event.
    }
    state.contextEvents.append((address, event))
    if let event = MembershipEvent(event) {
      try reviewMembership(after: event, by: address)
      try reviewVoids()
    } else if case .importVoided = event.body {
      try reviewVoids()
    }
  }

  /// Voids what counted events void, and takes back what they no longer do: an event of a log that does not count
  /// voids nothing.
  private func reviewVoids() throws {
    let old = state.fold.voidedBatches
    let new = state.voidedBatches { state.log($0).map { UInt64($0.limit) } ?? 0 }
    for batch in old.symmetricDifference(new).sorted() {
      try setVoided(batch, new.contains(batch))
    }
  }

  private func setVoided(_ batch: UInt32, _ isVoided: Bool) throws {
    let items = try PageScan(database).items(ofBatch: batch, tail: state.tail)
    try refold(items) {
      if isVoided {
        state.fold.voidedBatches.insert(batch)
      } else {
        state.fold.voidedBatches.remove(batch)
      }
    }
  }

  /// Folds items as they were, then as they are: it is the context itself that changes.
  func refold(_ items: [UInt32], _ changeContext: () -> Void) throws {
    for item in items { try restate(item: item, sign: -1) }
    changeContext()
    for item in items { try restate(item: item, sign: 1) }
  }

  private func restate(item: UInt32, sign: Int64) throws {
    var rows: [EventRow] = []
    var arena: [UInt8] = []
    try history.appendHistory(ofItem: item, tail: state.tail, to: &rows, arena: &arena)
    rows.removeAll { $0.seq > state.logs[Int($0.log)].limit }
    var sink = ContributionList()
    arena.withUnsafeBytes { payload in
      SubjectFold.fold(&rows, payload: payload, context: &state.fold, into: &sink)
    }
    for contribution in sink.contributions {
      let site = state.fold.vocabulary.site(ofLabelSet: contribution.labels)
      restate(contribution.keptKey(site: site), by: sign &* contribution.weight)
    }
  }

  private func erase(_ erasure: Scorebook_V1_CustomerErased, by address: Address) throws {
    sources = nil
    guard let log = state.numbers[address.log] else { return }
    for customer in erasure.customers {
      try database.execute(
        sql: "INSERT OR IGNORE INTO erased_customer (customer, log, seq) VALUES (?, ?, ?)",
        arguments: [customer, Int64(log), Int64(address.seq)])
    }
  }

  func noteAcknowledgement(_ event: Scorebook_V1_Event, log: UInt32) throws {
    guard case .erasureAcknowledged(let acknowledged) = event.body,
      acknowledged.erasure.log.count == 16
    else { return }
    try database.execute(
      sql: "INSERT OR IGNORE INTO acknowledgement (erasure_log, seq, log) VALUES (?, ?, ?)",
      arguments: [acknowledged.erasure.log, Int64(clamping: acknowledged.erasure.seq), Int64(log)])
  }

  /// Recomputes who counts, and counts or uncounts what that changes.
  private func reviewMembership(after event: MembershipEvent, by address: Address) throws {
    guard let ledger = state.ledger, let genesis = state.genesisLog else { return }
    if state.membership?.take(event, at: address) != true {
      let membership = Membership(
        ledger: ledger, genesis: genesis, events: state.contextEvents, knowing: state.membership)
      let isForked = membership.forks != state.membership?.forks ?? [:]
      state.membership = membership
      if isForked { try reviewCausality() }
    }
    for number in state.logs.indices {
      let old = state.logs[number].limit
      let new = UInt32(clamping: state.membership?.limit(of: state.logs[number].id) ?? 0)
      guard old != new else { continue }
      try moveLimit(ofLog: UInt32(number), from: old, to: new)
    }
    try reviewDoubles()
  }

  /// Rows between the two limits start or cease to count, in order of arrival.
  private func moveLimit(ofLog log: UInt32, from old: UInt32, to new: UInt32) throws {
    let size = UInt32(clamping: state.logs[Int(log)].size)
    let low = min(old, new)
    let high = min(max(old, new), size)
    state.logs[Int(log)].limit = new
    guard low < high else { return }
    var items: Set<UInt32> = []
    for positions in state.arrivals.positions(ofSeqs: low + 1...high, log: log) {
      for position in positions {
        guard let row = try history.row(at: position, tail: state.tail), row.kind.isFolded
        else { continue }
        items.insert(row.item)
      }
    }
    for item in items.sorted() {
      try restate(item: item) { row, limit in
        row.log == log ? (row.seq <= old, row.seq <= new) : (row.seq <= limit, row.seq <= limit)
      }
    }
  }
}
