import Foundation

/// The bytes of a ledger's file, and of the one beside it that says what was acknowledged.
struct FileImage {
  private let bytes: [String: Data]

  /// `path`: of a ledger whose write-ahead log is empty.
  init(of path: String) throws {
    var bytes: [String: Data] = [:]
    for file in [path, path + "-highwater"] {
      bytes[file] = try Data(contentsOf: URL(filePath: file))
    }
    self.bytes = bytes
  }

  /// In place: another file would have another inode.
  func putBack() throws {
    for (file, content) in bytes {
      let handle = try FileHandle(forWritingTo: URL(filePath: file))
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: content)
      try handle.close()
    }
  }
}
