import LedgerCore
import LedgerSchema
import LedgerStore

/// What opening a ledger found out about its file.
public enum OpenFinding: String, Hashable, Sendable {
  /// The file has another inode than it recorded: copied, restored or moved.
  case copied
  /// The file holds less than was acknowledged: an old state of it, or a damaged write-ahead log.
  case shorterThanAcknowledged
}

extension Ledger {
  /// Opens a ledger file. A copied or restored one goes on at once in a successor log, so that two copies never
  /// write to the same log; `opened` says so.
  ///
  /// - Throws: `StoreError` for a file that is missing, no ledger, newer, or locked for ten seconds.
  public static func open(
    at path: String, surroundings: Surroundings = .system,
    opened: (OpenFinding) -> Void = { _ in }
  ) throws -> Ledger {
    let store = try Store.open(at: path)
    try rebuildIfOutdated(store)
    return try open(store, surroundings: surroundings, opened: opened)
  }

  /// Opens a ledger file whose derived part may be damaged: it is dropped and replayed before anything is read from it.
  ///
  /// - Returns: the ledger, and how many events were replayed.
  /// - Throws: as `open`.
  public static func rebuild(
    at path: String, surroundings: Surroundings = .system,
    opened: (OpenFinding) -> Void = { _ in }
  ) throws -> (ledger: Ledger, events: Int) {
    let store = try Store.open(at: path)
    let events = try store.rebuild()
    return (try open(store, surroundings: surroundings, opened: opened), Int(events))
  }

  private static func open(
    _ store: Store, surroundings: Surroundings, opened: (OpenFinding) -> Void
  ) throws -> Ledger {
    let identity = try store.read { try LedgerIdentity(reading: $0, $1) }
    let ledger = Ledger(store: store, surroundings: surroundings, identity: identity)
    guard let finding = try ledger.finding() else {
      try store.acknowledgeHeld()
      return ledger
    }
    opened(finding)
    try ledger.startSuccessor(finding == .copied ? .copied : .shorterThanHighWater)
    return ledger
  }

  /// Whether the file is the one that this ledger is in, by whatever name.
  public func isStored(at path: String) -> Bool {
    guard let own = store.path else { return false }
    return (try? FileIdentity.of(own) == FileIdentity.of(StoreFile.resolved(path))) ?? false
  }

  private static func rebuildIfOutdated(_ store: Store) throws {
    guard try store.needsRebuild() else { return }
    try store.rebuild()
  }

  private func finding() throws -> OpenFinding? {
    let (recorded, own) = try store.read { database, state in
      (try LocalSetting.fileIdentity.text(in: database), state.ownLog)
    }
    if let path = store.path, try FileIdentity.of(path) != recorded { return .copied }
    guard let head = store.acknowledgedHead(), own != nil else { return nil }
    // Of the own log, or of the one before it where the process ended just after a successor began; a log that is not
    // held is one that began after the state that this file was put back to.
    guard let log = try store.read({ $1.log(head.log) }), head.size <= log.size else {
      return .shorterThanAcknowledged
    }
    let root = try store.read { database, _ in
      try log.root(ofSize: head.size, database)
    }
    return root == head.root ? nil : .shorterThanAcknowledged
  }
}
