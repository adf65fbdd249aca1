public import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// What an erasure did here, and who has not done it yet.
public struct ErasureReport: Sendable {
  /// Where its event stands.
  public let address: Address
  /// The pseudonyms, ascending.
  public let customers: [CustomerID]
  /// Texts deleted from this file.
  public let deletedTexts: Int
  /// Pseudonyms of which no event is held here, ascending: mistyped, or recorded by a site that has not synced yet,
  /// which will obey.
  public let unheard: [CustomerID]
  /// Whether the ledger's files still hold bytes of deleted texts, as another process reads an older state of them, or
  /// the disk refused it. They go when that has ended and the ledger is opened or written again.
  public let isStillOnDisk: Bool
  /// Sites whose ledgers have not acknowledged it here.
  public let waitingFor: [String]
}

extension Ledger {
  /// Erases customers: an event that every ledger obeys when it arrives. Texts go at once, with their salts; scores,
  /// proofs and pseudonyms stay.
  ///
  /// `removing`: also retracts their responses, which changes scores and shows in every explanation.
  public func erase(
    _ customers: [EventDraft.Customer], removing: Bool = false
  ) throws -> ErasureReport {
    var pseudonyms = Pseudonyms(key: identity.pseudonymKey)
    let ids = Set(customers.map { pseudonyms.customer($0) }).sorted()
    let (address, swept) = try withRecorder { recorder in
      if removing { try Self.retract(ids, in: nil, recorder) }
      var erased = Scorebook_V1_CustomerErased()
      erased.mode = removing ? .remove : .anonymise
      erased.customers = ids.map { ProtobufBytes.data($0.bytes) }
      let address = try recorder.append(.customerErased(erased))
      let swept = try ErasureSweep(recorder.appender).deleteTexts(of: Set(ids))
      try Self.acknowledge(address, deleted: swept.texts, recorder)
      return (address, swept)
    }
    let isGone = try store.awaitDeleted()
    return ErasureReport(
      address: address, customers: ids, deletedTexts: swept.texts,
      unheard: ids.filter { !swept.customers.contains($0) },
      isStillOnDisk: !isGone, waitingFor: try sitesWaiting(for: address))
  }

  /// Drops from the files what was deleted while somebody read an older state of them; nothing where nothing is left.
  package func dropDeleted() throws {
    try store.dropDeleted()
  }

  /// Obeys erasures that a session brought: deletes, and says so in an event.
  func obeyErasures() throws {
    guard try store.read({ try !ErasureLedger($0, $1).waiting(for: identity.log).isEmpty }) else {
      return
    }
    try withRecorder { recorder in
      let (appender, state) = (recorder.appender, recorder.appender.state)
      let database = try appender.connection
      let known = ErasureLedger(database, state)
      for (address, customers) in try known.waiting(for: identity.log) {
        if isRemoval(address, recorder) {
          // Each site takes back what it recorded itself, the erasure not yet known: so nothing is missed, and
          // nothing retracted twice.
          try Self.retract(Array(customers), in: state.ownLogNumber, recorder)
        }
        let deleted = try ErasureSweep(appender).deleteTexts(of: customers).texts
        guard try !known.acknowledging(address).contains(identity.log) else { continue }
        try Self.acknowledge(address, deleted: deleted, recorder)
      }
      try LocalSetting.erasuresObeyed.set(Int64(state.lastPosition), in: database)
    }
  }

  /// The sites whose logs hold no acknowledgement of an erasure; of those that were retired or revoked none is awaited.
  public func sitesWaiting(for erasure: Address) throws -> [String] {
    try store.read { database, state in
      let acknowledged = try ErasureLedger(database, state).acknowledging(erasure)
      let standings = SiteStandings(state)
      let logs = Dictionary(grouping: state.logs.filter { $0.size > 0 }, by: \.site)
      let sites = Set(logs.filter { !standings.hasEnded($0.value) }.keys)
      let done = Set(acknowledged.compactMap { state.log($0)?.site })
      return sites.subtracting(done).sorted()
    }
  }

  private static func acknowledge(_ erasure: Address, deleted: Int, _ recorder: Recorder) throws {
    var acknowledged = Scorebook_V1_ErasureAcknowledged()
    acknowledged.erasure.log = ProtobufBytes.data(erasure.log.bytes)
    acknowledged.erasure.seq = erasure.seq
    acknowledged.detachedDeleted = UInt64(deleted)
    try recorder.append(.erasureAcknowledged(acknowledged))
  }

  private func isRemoval(_ erasure: Address, _ recorder: Recorder) -> Bool {
    recorder.appender.state.contextEvents.contains { address, event in
      guard address == erasure, case .customerErased(let erased) = event.body else { return false }
      return erased.mode == .remove
    }
  }

  private static func retract(
    _ customers: [CustomerID], in log: UInt32?, _ recorder: Recorder
  ) throws {
    let items = try ErasureSweep(recorder.appender).responses(of: Set(customers), in: log)
    for item in Set(items).sorted() {
      var retracted = Scorebook_V1_SurveyResponseRetracted()
      retracted.reason = .erasure
      try recorder.append(.surveyResponseRetracted(retracted), item: item)
    }
  }
}

/// What is known of erasures from the entries.
private struct ErasureLedger {
  private let database: Connection
  private let state: StoreState

  init(_ database: Connection, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// Erasures that this file has not obeyed, or that its log has not acknowledged, with their customers.
  func waiting(for log: LogID) throws -> [(Address, Set<CustomerID>)] {
    let obeyed = try LocalSetting.erasuresObeyed.integer(in: database) ?? 0
    var found: [Address: Set<CustomerID>] = [:]
    try database.forEachRow(kept: "SELECT customer, log, seq FROM erased_customer") { row in
      guard let customer = CustomerID(bytes: row.blob(0)) else { return }
      let address = Address(
        log: try state.log(numbered: row.integer(1)).id, seq: row.unsigned(2))
      found[address, default: []].insert(customer)
    }
    return try found.filter { address, _ in
      try position(of: address) > obeyed
        || !acknowledging(address).contains(log)
    }
    .sorted { ($0.key.log, $0.key.seq) < ($1.key.log, $1.key.seq) }
    .map { ($0.key, $0.value) }
  }

  private func position(of erasure: Address) -> Int64 {
    let position = state.numbers[erasure.log].flatMap {
      state.arrivals.position(ofSeq: UInt32(clamping: erasure.seq), log: $0)
    }
    return Int64(position ?? .max)
  }

  /// The logs that acknowledged an erasure.
  func acknowledging(_ erasure: Address) throws -> Set<LogID> {
    var logs: Set<LogID> = []
    try database.forEachRow(kept: "SELECT erasure_log, seq, log FROM acknowledgement") { row in
      guard LogID(bytes: row.blob(0)) == erasure.log, row.unsigned(1) == erasure.seq else {
        return
      }
      logs.insert(try state.log(numbered: row.integer(2)).id)
    }
    return logs
  }
}
