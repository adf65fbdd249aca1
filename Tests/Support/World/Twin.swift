package import FeedbackLedger
import Foundation
import LedgerStore

/// A second machine that was started from an image of the first: the same log, the same key, and nothing in its file
/// shows it.
package enum Twin {
  /// `ledger`: one that is a file.
  package static func of(
    _ ledger: Ledger, named name: String, in folder: TemporaryFolder, surroundings: Surroundings
  ) throws -> Ledger {
    guard let path = ledger.store.path else { throw CocoaError(.fileNoSuchFile) }
    try ledger.store.checkpoint()
    let copy = folder.path(name)
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    // Not `Ledger.open`: that one would notice the other inode, which an image of a whole machine does not have.
    let store = try Store.open(at: copy)
    let identity = try store.read { try LedgerIdentity(reading: $0, $1) }
    return Ledger(store: store, surroundings: surroundings, identity: identity)
  }
}
