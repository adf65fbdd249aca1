import FeedbackLedger
import Foundation
import LedgerSync
import TestSupport

/// A bundle file as it lies there.
enum BundleTarget {
  private static let folder = Result { try TemporaryFolder() }

  static func run(on bytes: [UInt8]) throws {
    let path = try folder.get().path("\(getpid()).bundle")
    try Data(bytes).write(to: URL(filePath: path))
    guard let reader = try? BundleReader(path: path) else { return }
    do {
      while try reader.next() != nil {}
    } catch {
      try law("a bundle is refused, or read") { error is SyncRefusal }
    }
    // Of another ledger: every one is refused, and nothing of it stays.
    let ledger = try Stage.shared.get().authority
    _ = try? ledger.merge(bundle: path)
  }
}
