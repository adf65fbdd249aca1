package import Foundation

/// What makes a file that was written beside its final name survive a power cut under it: the content is synced, then
/// it is renamed, then its folder is synced (without which the name may be gone).
package enum DurableFile {
  /// Puts a finished file in its place; nothing is there under the final name before all of it is on disk.
  package static func move(_ temporary: String, to path: String) throws {
    try sync(temporary)
    guard rename(temporary, path) == 0 else { throw failure(path) }
    try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// Syncs a file or a folder.
  private static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  /// What the last system call failed with.
  package static func failure(_ path: String) -> CocoaError {
    let code: CocoaError.Code =
      switch errno {
      case EACCES, EPERM: .fileWriteNoPermission
      case ENOSPC, EDQUOT: .fileWriteOutOfSpace
      case EROFS: .fileWriteVolumeReadOnly
      default: .fileWriteUnknown
      }
    return CocoaError(code, userInfo: [NSFilePathErrorKey: path])
  }
}
