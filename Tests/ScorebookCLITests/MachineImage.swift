import Foundation

/// The files of a ledger as they were, put back in place as a machine's snapshot does: nothing in them shows it.
struct MachineImage {
  private let files: [String: Data]

  init(of name: String, in place: Workplace) throws {
    var files: [String: Data] = [:]
    for suffix in ["", "-wal", "-highwater"] {
      files[name + suffix] = try? place.bytes(of: name + suffix)
    }
    self.files = files
  }

  func putBack(in place: Workplace) throws {
    for (name, bytes) in files {
      try bytes.write(to: place.directory.appending(path: name))
      try? FileManager.default.removeItem(at: place.directory.appending(path: name + "-shm"))
    }
  }
}
