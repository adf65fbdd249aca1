package import Foundation

/// Files that nobody but their owner can read, from their first moment on.
///
/// Foundation makes a file as open as the process's mask allows, and narrows it afterwards: until then, and for ever if
/// the process ends in between, others may read what customers wrote.
package enum PrivateFile {
  /// Makes a new, empty file, to be written.
  ///
  /// `permissions`: the owner's alone; more where others are meant to read it, whatever mask the process has.
  /// - Throws: `StoreError.fileExists`; `CocoaError` with the path.
  package static func create(at path: String, permissions: Int = 0o600) throws -> FileHandle {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? StoreError.fileExists(path: path) : DurableFile.failure(path)
    }
    // A stick may have no permissions to set; then they are what it was mounted with.
    if permissions != 0o600 { fchmod(descriptor, mode_t(permissions)) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Makes a new, empty file in the place of what an interrupted run has left there under a temporary name.
  ///
  /// - Throws: as ``create(at:permissions:)``.
  package static func replace(at path: String, permissions: Int = 0o600) throws -> FileHandle {
    unlink(path)
    return try create(at: path, permissions: permissions)
  }

  /// Makes a folder.
  ///
  /// - Returns: false where something has the name already; that stays as it is.
  /// - Throws: `CocoaError` with the path.
  @discardableResult
  package static func makeFolder(at path: String, permissions: Int = 0o700) throws -> Bool {
    guard mkdir(path, 0o700) == 0 else {
      if errno == EEXIST { return false }
      throw DurableFile.failure(path)
    }
    if permissions != 0o700 { chmod(path, mode_t(permissions)) }
    return true
  }
}
