public import LedgerCore

/// What can go wrong between a ledger and its file. Cases are facts; the wording is the caller's.
public enum StoreError: Error, Hashable, Sendable {
  /// There is no file at the path.
  case missingFile(path: String)
  /// There is a file already where a new ledger should go.
  case fileExists(path: String)
  /// The file is no ledger; `found` is its `application_id`.
  case notALedger(path: String, found: Int32)
  /// The file was written by a newer version of this program.
  case newerVersion(path: String, found: Int, supported: Int)
  /// Another process held the write lock for the whole wait.
  case locked(path: String, waitedSeconds: Int)
  /// A setting that a ledger file must have is missing or malformed.
  case missingSetting(String)
  /// A limit of the file format is reached: positions or seqs do not fit 32 bits.
  case full
  /// An entry that the file must hold is not there.
  case missingEntry(Address)
  /// An entry's bytes are not an event.
  case undecodableEntry(Address)
  /// The derived part contradicts itself; `rebuild` mends it.
  case damagedView(String)
  /// What is not derived contradicts itself: only a backup mends it.
  case damaged(String)
  /// A transaction that would have changed the schema; it was rolled back.
  case schemaChanged
  /// SQLite's own refusal: result code, message.
  case sqlite(code: Int32, message: String)
}
