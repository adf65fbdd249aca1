import Foundation
import Synchronization

/// One exclusive lock for every write transaction and every checkpoint of every process that has the ledger open.
///
/// SQLite before 3.51.3 can corrupt a file when two connections write and checkpoint one WAL at the same instant
/// (https://sqlite.org/wal.html#walresetbug); its own locks do not exclude that, this one does. The lock is an
/// advisory `flock` on a file beside the ledger and goes with the process, however it ends.
///
/// Before it comes a turnstile: who waits for the lock stands in it, and who has let the lock go has to pass it again
/// first. Who writes one transaction after the other leaves the lock free for microseconds only, which nobody who
/// waits would ever meet. It is a courtesy, and excludes nobody: who may not open it, or finds somebody in it who was
/// stopped, goes past it.
final class LedgerLock: Sendable {
  private struct Files {
    var turn: LockFile
    var lock: LockFile
  }

  private let waitSecondsMax: Int
  /// `flock` belongs to an open file, so threads of one process exclude each other here first.
  private let files: Mutex<Files>

  /// `ledger`: the path of the ledger file; the lock and its turnstile are beside it.
  init(ledger: String, waitSecondsMax: Int = 10) {
    self.waitSecondsMax = waitSecondsMax
    files = Mutex(Files(turn: LockFile(ledger + "-turn"), lock: LockFile(ledger + "-lock")))
  }

  deinit {
    files.withLock { files in
      files.turn.close()
      files.lock.close()
    }
  }

  /// Runs `body` while no other process writes.
  ///
  /// - Throws: `StoreError.locked` when the lock is not free within ten seconds; `CocoaError` with the path of a lock
  ///   that cannot be opened.
  func withLock<T>(_ body: () throws -> T) throws -> T {
    try files.withLock { files in
      try acquire(&files)
      defer { files.lock.release() }
      return try body()
    }
  }

  private func acquire(_ files: inout Files) throws {
    let wait = Duration.seconds(waitSecondsMax)
    let start = ContinuousClock.now
    let hasTurn = (try? files.turn.acquire(until: start + wait / 2)) ?? false
    defer { if hasTurn { files.turn.release() } }
    guard try files.lock.acquire(until: start + wait) else {
      throw StoreError.locked(path: files.lock.path, waitedSeconds: waitSecondsMax)
    }
  }
}

/// A file that one process at a time has to itself.
private struct LockFile {
  let path: String
  /// Nil before it was first wanted.
  private var descriptor: Int32?

  init(_ path: String) {
    self.path = path
  }

  /// - Returns: false where it is not free by then.
  mutating func acquire(until deadline: ContinuousClock.Instant) throws -> Bool {
    let file = try descriptor ?? open()
    descriptor = file
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard ContinuousClock.now < deadline else { return false }
      // To wait in `flock` has no deadline, and a thread that did could not be called back.
      usleep(5_000)  // No descriptor tells that a lock was let go: it has to be tried again.
    }
    return true
  }

  func release() {
    if let descriptor { flock(descriptor, LOCK_UN) }
  }

  mutating func close() {
    if let descriptor { Foundation.close(descriptor) }
    descriptor = nil
  }

  private func open() throws -> Int32 {
    let file = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DurableFile.failure(path) }
    return file
  }
}
