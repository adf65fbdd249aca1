import LedgerCore
import LedgerStore

/// The numbers of a site's own files in shared folders.
extension Ledger {
  /// The next number, noted before a file has it. None is taken twice: a drive that does not show an own file yet would
  /// lose it to another one of its name, and what others have written counts on what it held.
  ///
  /// `shown`: the last one that the folder shows; 0 for none.
  func nextFolderNumber(of log: LogID, after shown: Int) throws -> Int {
    try store.write { appender in
      let database = try appender.connection
      let noted = try FolderNumber(LocalSetting.folderNumber.bytes(in: database) ?? [])
      let last = noted?.log == log ? noted?.number ?? 0 : 0
      let next = FolderNumber(log: log, number: max(UInt64(shown), last) + 1)
      try LocalSetting.folderNumber.set(next.bytes, in: database)
      return Int(next.number)
    }
  }
}

/// The last number that a log's files have taken: each log has a shelf of its own.
private struct FolderNumber {
  var log: LogID
  var number: UInt64

  init(log: LogID, number: UInt64) {
    self.log = log
    self.number = number
  }

  /// Nil for bytes that are none, or a number that no file has.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == 24, let log = LogID(bytes: bytes[..<16]) else { return nil }
    let number = bytes[16...].reduce(0) { $0 << 8 | UInt64($1) }
    guard number < FolderFile.numberMax else { return nil }
    self.init(log: log, number: number)
  }

  var bytes: [UInt8] { log.bytes + [UInt8](bigEndian: number) }
}
