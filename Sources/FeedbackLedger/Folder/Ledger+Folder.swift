import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// What a sync through a shared folder did.
public struct FolderReport: Sendable {
  /// What was taken in: from the files of others, and from own ones what is not held here any more.
  public var received = SyncReport()
  /// Entries written for others.
  public var events = 0
  /// Texts written for others.
  public var texts = 0
  /// Files written.
  public var files = 0
  /// Files of others that could not be read, any that could not be taken, and own ones whose texts are too many for a
  /// file, with the reason.
  public var refused: [(file: String, error: any Error)] = []
  /// Files that begin after what is held here: one before them has not arrived yet.
  public var waiting: [String] = []
}

extension Ledger {
  /// Syncs through a folder that other sites can read: takes in what they wrote, and writes what nobody has written
  /// yet. No site changes another's files, so none needs a lock, and no file is ever changed.
  ///
  /// Files that show the own log longer than it is held, or another branch of it, say that this machine was put back to
  /// an older state: it goes on in a new log, and takes back what it wrote (`FolderReport.received.successions`).
  ///
  /// `withoutText`: no texts are written; those that were written before stay, but for files that may hold what was
  /// erased since. A folder shows what lies in it to whoever can read it, whatever was decided about the reader.
  /// - Throws: `LedgerError.noFolder`; I/O errors of the own files. Another site's bad file is reported, and the rest
  ///   goes on.
  public func sync(folder path: String, withoutText: Bool = false) throws -> FolderReport {
    try sync(folder: path, entriesMax: Self.folderEntriesMax, withoutText: withoutText)
  }

  /// The texts of a file's entries must fit into one file beside it: 2 KiB for each.
  private static let folderEntriesMax = 1 << 17

  /// `entriesMax` and `bytesMax`: of one file.
  package func sync(
    folder path: String, entriesMax: Int, bytesMax: Int = SyncLimits.bundleBytesMax,
    withoutText: Bool = false
  ) throws -> FolderReport {
    let folder = try SharedFolder(path: path, ledger: identity.ledger)
    var reading = FolderReading(self, folder)
    try reading.takeAll()
    var writing = FolderWriting(
      self, folder, entriesMax: entriesMax, bytesMax: bytesMax, writesTexts: !withoutText,
      report: reading.report)
    try writing.writeAll()
    return writing.report
  }
}
