import CFaultDisk

/// One way in which a disk fails.
struct Fault: Hashable {
  enum Kind: String, CaseIterable {
    case open, read, write, tornWrite, full, sync, truncate, size, delete, lock, sharedMemory

    fileprivate var call: fault_disk_call {
      switch self {
      case .open: FAULT_DISK_OPEN
      case .read: FAULT_DISK_READ
      case .write: FAULT_DISK_WRITE
      case .tornWrite: FAULT_DISK_TORN_WRITE
      case .full: FAULT_DISK_FULL
      case .sync: FAULT_DISK_SYNC
      case .truncate: FAULT_DISK_TRUNCATE
      case .size: FAULT_DISK_SIZE
      case .delete: FAULT_DISK_DELETE
      case .lock: FAULT_DISK_LOCK
      case .sharedMemory: FAULT_DISK_SHARED_MEMORY
      }
    }
  }

  enum Duration: String, CaseIterable {
    case once, forever
    /// Once while the scenario runs, and once more while the file is opened after it.
    case twice
  }

  var kind: Kind
  var duration: Duration
  /// The call that fails; 1 is the first.
  var number: UInt64

  /// Puts the disk that can fail under this process.
  static func install() throws {
    let code = fault_disk_install()
    guard code == 0 else { throw NotInstalled(code: code) }
  }

  struct NotInstalled: Error {
    var code: Int32
  }

  /// - Returns: how many calls failed while `body` ran.
  func whileArmed(_ body: () -> Void) -> UInt64 {
    fault_disk_arm(kind.call, number, duration == .forever ? 1 : 0)
    body()
    return fault_disk_disarm()
  }
}
