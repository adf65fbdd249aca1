package import FeedbackLedger
import Foundation
package import LedgerStore

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
    return try Ledger(resuming: try Store.open(at: copy), surroundings)
  }
}

extension Ledger {
  /// Takes a store over as it is, without looking whether its file was copied or restored.
  package init(resuming store: Store, _ surroundings: Surroundings) throws {
    let identity = try store.read { try LedgerIdentity(reading: $0, $1) }
    self.init(store: store, surroundings: surroundings, identity: identity)
  }
}
