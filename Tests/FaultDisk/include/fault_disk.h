#ifndef FAULT_DISK_H
#define FAULT_DISK_H

#include <stdint.h>

/// What SQLite asks of a disk, and what may fail.
enum fault_disk_call {
  FAULT_DISK_OPEN = 0,
  FAULT_DISK_READ = 1,
  /// Nothing of the write is done.
  FAULT_DISK_WRITE = 2,
  /// The first half of the write is done.
  FAULT_DISK_TORN_WRITE = 3,
  FAULT_DISK_FULL = 4,
  FAULT_DISK_SYNC = 5,
  FAULT_DISK_TRUNCATE = 6,
  FAULT_DISK_SIZE = 7,
  FAULT_DISK_DELETE = 8,
  FAULT_DISK_LOCK = 9,
  FAULT_DISK_SHARED_MEMORY = 10,
};

/// Puts a disk under SQLite that can fail: a file system (https://sqlite.org/vfs.html) that passes everything on to the
/// one that was there, and becomes the default. Once for a process, before the first database is opened.
/// Returns SQLITE_OK or why not.
int fault_disk_install(void);

/// From now on the `first`-th call of that kind fails, and with `forever` every one after it; 0: none.
void fault_disk_arm(enum fault_disk_call call, uint64_t first, int forever);

/// Nothing fails any more. Returns how many calls have failed since it was armed.
uint64_t fault_disk_disarm(void);

#endif
