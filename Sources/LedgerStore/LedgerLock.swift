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
    let mark = WaitingMark(file)
    if mark.isFresh { usleep(Self.giveWayMicroseconds) }  // Who waits looks in this time.
    var hasWaited = false
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard ContinuousClock.now < deadline else {
        throw StoreError.locked(path: path, waitedSeconds: waitSecondsMax)
      }
      mark.set()
      hasWaited = true
      usleep(Self.lookMicroseconds)  // `flock` has no time-out of its own.
    }
    if hasWaited { mark.clear() }
  }

  /// Between two looks whether the lock is free.
  private static let lookMicroseconds: UInt32 = 5_000
  private static let giveWayMicroseconds: UInt32 = 6_000
}

/// What those who wait for the lock say of themselves in its file: that somebody waited just now.
///
/// They look every few milliseconds. Whoever writes one transaction after the other leaves the lock free for
/// microseconds, which they would miss for as long as that goes on; so it gives way while there is a mark. A mark that
/// is lost or old costs one of them a little time.
private struct WaitingMark {
  private static let freshNanoseconds: Int64 = 20_000_000
  private let file: Int32

  init(_ file: Int32) {
    self.file = file
  }

  /// Whether somebody waited within the last twenty milliseconds.
  var isFresh: Bool {
    var mark: Int64 = 0
    guard pread(file, &mark, MemoryLayout<Int64>.size, 0) == MemoryLayout<Int64>.size, mark != 0
    else { return false }
    return (0..<Self.freshNanoseconds).contains(Self.now &- mark)
  }

  func set() { write(Self.now) }
  func clear() { write(0) }

  private func write(_ mark: Int64) {
    var mark = mark
    // On a full disk nobody gives way.
    _ = pwrite(file, &mark, MemoryLayout<Int64>.size, 0)
  }

  /// Since the machine started: the same clock in every process.
  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
