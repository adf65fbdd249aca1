import Foundation
import LedgerStore

extension Ledger {
  /// Writes a backup: a copy as of one moment that was opened and verified before it got its name. Recording may go
  /// on meanwhile. Opened one day, the backup goes on in a successor log, as every copy does.
  ///
  /// - Returns: what verifying the copy found. With findings there is no backup: the ledger itself needs care.
  /// - Throws: `StoreError.fileExists`: a backup never replaces a file; I/O errors.
  public func backup(to path: String) throws -> VerificationReport {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StoreError.fileExists(path: path)
    }
    let temporary = path + ".part"
    // Left by a backup that was interrupted: it never got its name, so nobody relies on it.
    Self.remove(temporary)
    defer { Self.remove(temporary) }
    try store.copy(to: temporary)
    let report = try Self.verified(temporary, surroundings)
    guard report.findings.isEmpty else { return report }
    try DurableFile.move(temporary, to: path)
    return report
  }

  /// Opens the copy without starting its successor log, as only who restores it must.
  private static func verified(
    _ path: String, _ surroundings: Surroundings
  ) throws -> VerificationReport {
    let store = try Store.open(at: path)
    let identity = try store.read { try LedgerIdentity(reading: $0, $1) }
    let report = try Ledger(store: store, surroundings: surroundings, identity: identity).verify()
    // Opening made it a file in WAL mode; nothing of it may stay in a log that is removed.
    try store.checkpoint()
    return report
  }

  /// Removes a ledger that nobody has open, and what lies beside it.
  package static func remove(_ path: String) {
    for file in [path] + Store.sidecars(of: path) {
      try? FileManager.default.removeItem(atPath: file)
    }
  }
}
