import Foundation
import Synchronization

/// One exclusive lock for every write transaction and every checkpoint of every process that has the ledger open.
///
/// SQLite before 3.51.3 can corrupt a file when two connections write and checkpoint one WAL at the same instant
/// (https://sqlite.org/wal.html#walresetbug); its own locks do not exclude that, this one does. The lock is an
/// advisory `flock` on a file beside the ledger and goes with the process, however it ends.
final class LedgerLock: Sendable {
  private let path: String
  private let waitSecondsMax: Int
  /// `flock` belongs to an open file, so threads of one process exclude each other here first.
  private let descriptor: Mutex<Int32?> = Mutex(nil)

  /// `ledger`: the path of the ledger file; the lock is beside it.
  init(ledger: String, waitSecondsMax: Int = 10) {
    path = ledger + "-lock"
    self.waitSecondsMax = waitSecondsMax
  }

  deinit {
    descriptor.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }

  /// Runs `body` while no other process writes.
  ///
  /// - Throws: `StoreError.locked` when the lock is not free within ten seconds.
  func withLock<T>(_ body: () throws -> T) throws -> T {
    try descriptor.withLock { descriptor in
      let file = try descriptor ?? openFile()
      descriptor = file
      try acquire(file)
      defer { flock(file, LOCK_UN) }
      return try body()
    }
  }

  private func openFile() throws -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path])
    }
    return file
  }

  private func acquire(_ file: Int32) throws {
    let deadline = ContinuousClock.now + .seconds(waitSecondsMax)
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard ContinuousClock.now < deadline else {
        throw StoreError.locked(path: path, waitedSeconds: waitSecondsMax)
      }
      // `flock` has no time-out of its own; five milliseconds is short beside a transaction of another process.
      usleep(5_000)
    }
  }
}
