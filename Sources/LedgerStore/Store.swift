import Foundation
package import GRDB
package import LedgerCore
import LedgerSchema
import Synchronization

/// One ledger file: every read sees one moment, every write is one transaction under the ledger's lock.
package final class Store: Sendable {
  package let database: any DatabaseWriter
  /// Nil for a ledger in memory.
  package let path: String?
  private let lock: LedgerLock?
  /// Nil for a ledger in memory.
  private let highWater: Mutex<HighWaterFile?>
  private let cache = Mutex(StateCache())
  /// Whether the write-ahead log was emptied since this was opened.
  let hasEmptiedLog = Mutex(false)
  package let zone: ZoneOffsets

  private init(
    database: any DatabaseWriter, path: String?, zone: ZoneOffsets
  ) throws {
    self.database = database
    self.path = path
    self.zone = zone
    lock = path.map { LedgerLock(ledger: $0) }
    highWater = Mutex(try path.map { try HighWaterFile(path: $0 + "-highwater") })
  }

  deinit {
    highWater.withLock { $0?.close() }
  }

  /// A new ledger file whose counters are kept in `zone`.
  package static func create(at path: String, zone: ZoneOffsets) throws -> Store {
    let store = try Store(database: try StoreFile.create(at: path), path: path, zone: zone)
    try store.storeZone()
    return store
  }

  /// - Throws: `StoreError` for a file that is missing, no ledger, or from a newer version.
  package static func open(at path: String) throws -> Store {
    let path = StoreFile.resolved(path)
    let pool = try StoreFile.open(at: path)
    let name = try pool.read { try LocalSetting.timeZone.text(in: $0) }
    guard let zone = ZoneOffsets(iana: name) else {
      throw StoreError.missingSetting("time zone \(name)")
    }
    let store = try Store(database: pool, path: path, zone: zone)
    try store.dropDeleted()
    return store
  }

  /// A ledger that is gone with the process.
  package static func memory(zone: ZoneOffsets) throws -> Store {
    let store = try Store(database: try StoreFile.memory(), path: nil, zone: zone)
    try store.storeZone()
    return store
  }

  private func storeZone() throws {
    try database.write { database in
      try LocalSetting.timeZone.set(zone.name, in: database)
      try LocalSetting.derivedVersion.set(Int64(SchemaVersion.derived), in: database)
    }
  }

  /// Reads at one moment.
  package func read<T>(_ body: (Database, StoreState) throws -> T) throws -> T {
    // A ledger in memory has one connection, which is this reader's alone meanwhile: that is one moment already. To be
    // kept from writing it would be switched back and forth, and each switch throws its prepared statements away.
    guard path != nil else { return try database.unsafeRead { try body($0, try state($0)) } }
    for _ in 0..<Self.readAttempts {
      let result: T? = try database.read { database in
        try stateUnlessOutdated(database).map { try body(database, $0) }
      }
      if let result { return result }
    }
    return try database.read { try body($0, try state($0)) }
  }

  /// Of a reader whose moment was over before it asked: a newer one is in memory, and this one would have to be loaded.
  private static let readAttempts = 3

  /// Runs one transaction under the ledger's lock. What it appended is durable, and the high-water file names it,
  /// when this returns; when it throws, nothing of it is there.
  package func write<T>(_ body: (Appender) throws -> T) throws -> T {
    try locked {
      defer { cache.withLock { $0.endWrite() } }
      let (result, state) = try self.transaction(body)
      cache.withLock { $0.set(state) }
      acknowledge(state)
      try checkpointIfDue()
      return result
    }
  }

  /// Gives back pages of the file that are kept for the next one who asks: up to 32 MiB a connection. Waits for those
  /// who read.
  package func releaseMemory() {
    (database as? DatabasePool)?.releaseMemory()
  }

  func locked<T>(_ body: () throws -> T) throws -> T {
    try SyncFailure.endingProcess {
      guard let lock else { return try body() }
      return try lock.withLock(body)
    }
  }

  private func transaction<T>(_ body: (Appender) throws -> T) throws -> (T, StoreState) {
    try database.writeWithoutTransaction { database in
      var outcome: (T, StoreState)?
      try database.inTransaction(.immediate) {
        let schema = try SchemaGuard(database)
        let state = try self.takeState(database)
        let appender = try Appender(database, state: state)
        let result = try body(appender)
        try appender.flush()
        try schema.check(database)
        outcome = (result, appender.state)
        return .commit
      }
      guard let outcome else { preconditionFailure("A transaction ended without an outcome.") }
      return outcome
    }
  }

  /// One immediate transaction under the lock, without an appender: the one that may make derived tables anew.
  package func exclusively<T>(_ body: (Database) throws -> T) throws -> T {
    try locked {
      let result = try database.writeWithoutTransaction { database in
        var result: T?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { preconditionFailure("A transaction ended without an outcome.") }
        return result
      }
      try checkpointIfDue()
      return result
    }
  }

  /// The high-water mark, after the commit and before the acknowledgement.
  private func acknowledge(_ state: StoreState) {
    guard let own = state.ownLog, own.size > 0 else { return }
    highWater.withLock { file in
      let head = Head(log: own.id, size: own.size, root: own.frontier.root)
      guard let acknowledged = file?.read() else {
        file?.write(head)
        return
      }
      if acknowledged != head { file?.write(head) }
    }
  }

  /// Names in the high-water file what is held, where a process ended after its commit and before that: from here on it
  /// is read and passed on, so that the file must not be put back to before it unseen.
  package func acknowledgeHeld() throws {
    let own = try read { _, state in
      state.ownLog.map { Head(log: $0.id, size: $0.size, root: $0.frontier.root) }
    }
    // Nearly always they are the same, and nobody who records is waited for.
    guard acknowledgedHead() != own else { return }
    try locked { acknowledge(try read { $1 }) }
  }

  /// The newest head that was acknowledged here, as the file beside the ledger says.
  package func acknowledgedHead() -> Head? {
    highWater.withLock { $0?.read() }
  }

  private func state(_ database: Database) throws -> StoreState {
    let version = try StateVersion(database)
    if let state = cache.withLock({ $0.state(version) }) { return state }
    return try load(version, database)
  }

  /// Nil where a newer state is in memory than that of this moment.
  private func stateUnlessOutdated(_ database: Database) throws -> StoreState? {
    let version = try StateVersion(database)
    let (state, isOutdated) = cache.withLock { ($0.state(version), $0.isNewer(than: version)) }
    if isOutdated { return nil }
    return try state ?? load(version, database)
  }

  private func load(_ version: StateVersion, _ database: Database) throws -> StoreState {
    var state = try StoreState(loading: database, zone: zone)
    state.version = version
    cache.withLock { $0.set(state) }
    return state
  }

  private func takeState(_ database: Database) throws -> StoreState {
    let version = try StateVersion(database)
    if let state = cache.withLock({ $0.take(version) }) { return state }
    return try StoreState(loading: database, zone: zone)
  }

  /// Forgets what is cached; the next read loads it.
  package func dropCache() {
    cache.withLock { $0.drop() }
  }
}
