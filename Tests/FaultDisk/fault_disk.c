#include "fault_disk.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>

// Connections work on several threads.
static _Atomic int armed = -1;
static _Atomic int lasts = 0;
static _Atomic uint64_t left = 0;
static _Atomic uint64_t failed = 0;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static sqlite3_io_methods methods;

/// The real file lies behind it in the same piece of memory.
struct fault_file {
  sqlite3_file base;
};

static sqlite3_file *real_file(sqlite3_file *file) {
  return (sqlite3_file *)((struct fault_file *)file + 1);
}

static int fails(enum fault_disk_call call) {
  if (atomic_load(&armed) != (int)call) return 0;
  uint64_t before = atomic_load(&left);
  while (before > 0 && !atomic_compare_exchange_weak(&left, &before, before - 1)) {
  }
  if (before > 1 || (before == 0 && !atomic_load(&lasts))) return 0;
  atomic_fetch_add(&failed, 1);
  return 1;
}

void fault_disk_arm(enum fault_disk_call call, uint64_t first, int forever) {
  atomic_store(&armed, -1);
  atomic_store(&failed, 0);
  atomic_store(&left, first);
  atomic_store(&lasts, forever && first > 0);
  if (first > 0) atomic_store(&armed, (int)call);
}

uint64_t fault_disk_disarm(void) {
  atomic_store(&armed, -1);
  return atomic_load(&failed);
}

// MARK: - A file

static int file_close(sqlite3_file *file) {
  return real_file(file)->pMethods->xClose(real_file(file));
}

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  if (fails(FAULT_DISK_READ)) return SQLITE_IOERR_READ;
  return real_file(file)->pMethods->xRead(real_file(file), bytes, count, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  if (fails(FAULT_DISK_WRITE)) return SQLITE_IOERR_WRITE;
  if (fails(FAULT_DISK_FULL)) return SQLITE_FULL;
  if (fails(FAULT_DISK_TORN_WRITE)) {
    (void)real_file(file)->pMethods->xWrite(real_file(file), bytes, count / 2, offset);
    return SQLITE_IOERR_WRITE;
  }
  return real_file(file)->pMethods->xWrite(real_file(file), bytes, count, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (fails(FAULT_DISK_TRUNCATE)) return SQLITE_IOERR_TRUNCATE;
  return real_file(file)->pMethods->xTruncate(real_file(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  if (fails(FAULT_DISK_SYNC)) return SQLITE_IOERR_FSYNC;
  return real_file(file)->pMethods->xSync(real_file(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  if (fails(FAULT_DISK_SIZE)) return SQLITE_IOERR_FSTAT;
  return real_file(file)->pMethods->xFileSize(real_file(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
  if (fails(FAULT_DISK_LOCK)) return SQLITE_IOERR_LOCK;
  return real_file(file)->pMethods->xLock(real_file(file), level);
}

// Giving a lock back does not fail: SQLite does not look.
static int file_unlock(sqlite3_file *file, int level) {
  return real_file(file)->pMethods->xUnlock(real_file(file), level);
}

static int file_check_reserved(sqlite3_file *file, int *result) {
  return real_file(file)->pMethods->xCheckReservedLock(real_file(file), result);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real_file(file)->pMethods->xFileControl(real_file(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) {
  return real_file(file)->pMethods->xSectorSize(real_file(file));
}

static int file_characteristics(sqlite3_file *file) {
  return real_file(file)->pMethods->xDeviceCharacteristics(real_file(file));
}

static int shared_map(sqlite3_file *file, int region, int size, int extend, void volatile **place) {
  if (fails(FAULT_DISK_SHARED_MEMORY)) return SQLITE_IOERR_SHMMAP;
  return real_file(file)->pMethods->xShmMap(real_file(file), region, size, extend, place);
}

static int shared_lock(sqlite3_file *file, int offset, int count, int flags) {
  if ((flags & SQLITE_SHM_LOCK) && fails(FAULT_DISK_LOCK)) return SQLITE_IOERR_SHMLOCK;
  return real_file(file)->pMethods->xShmLock(real_file(file), offset, count, flags);
}

static void shared_barrier(sqlite3_file *file) {
  real_file(file)->pMethods->xShmBarrier(real_file(file));
}

static int shared_unmap(sqlite3_file *file, int deletes) {
  return real_file(file)->pMethods->xShmUnmap(real_file(file), deletes);
}

// MARK: - The file system

static int disk_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *result) {
  (void)vfs;
  file->pMethods = NULL;
  if (fails(FAULT_DISK_OPEN)) return SQLITE_CANTOPEN;
  int code = real_vfs->xOpen(real_vfs, name, real_file(file), flags, result);
  if (code == SQLITE_OK) file->pMethods = &methods;
  return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int syncs) {
  (void)vfs;
  if (fails(FAULT_DISK_DELETE)) return SQLITE_IOERR_DELETE;
  return real_vfs->xDelete(real_vfs, name, syncs);
}

int fault_disk_install(void) {
  real_vfs = sqlite3_vfs_find(NULL);
  if (real_vfs == NULL) return SQLITE_NOTFOUND;
  // Version 2: no memory mapped pages, which would go past the calls above.
  methods = (sqlite3_io_methods){
      .iVersion = 2,
      .xClose = file_close,
      .xRead = file_read,
      .xWrite = file_write,
      .xTruncate = file_truncate,
      .xSync = file_sync,
      .xFileSize = file_size,
      .xLock = file_lock,
      .xUnlock = file_unlock,
      .xCheckReservedLock = file_check_reserved,
      .xFileControl = file_control,
      .xSectorSize = file_sector_size,
      .xDeviceCharacteristics = file_characteristics,
      .xShmMap = shared_map,
      .xShmLock = shared_lock,
      .xShmBarrier = shared_barrier,
      .xShmUnmap = shared_unmap,
  };
  fault_vfs = *real_vfs;
  fault_vfs.zName = "fault-disk";
  fault_vfs.pNext = NULL;
  fault_vfs.szOsFile = (int)sizeof(struct fault_file) + real_vfs->szOsFile;
  fault_vfs.xOpen = disk_open;
  fault_vfs.xDelete = disk_delete;
  return sqlite3_vfs_register(&fault_vfs, 1);
}
