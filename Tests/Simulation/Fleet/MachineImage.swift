import FeedbackLedger
import Foundation
import GRDB
import LedgerCore
import LedgerStore
import TestSupport

/// The state of a ledger at one moment, from which a machine is started again, or a second one.
struct MachineImage {
  private enum Content {
    case memory(Store)
    case file(database: Data, highWater: Data)
  }

  private let content: Content
  /// The own log in it.
  let head: Head?
  /// Where its file was.
  private let path: String?

  init(of machine: Machine) throws {
    head = try machine.ownHead()
    path = machine.path
    let store = machine.ledger.store
    guard let path = store.path else {
      let copy = try Store.memory(zone: store.zone)
      try store.database.backup(to: copy.database)
      copy.dropCache()
      content = .memory(copy)
      return
    }
    try store.checkpoint()
    content = .file(
      database: try Data(contentsOf: URL(filePath: path)),
      highWater: try Data(contentsOf: URL(filePath: path + "-highwater")))
  }

  /// Whether it is a file, and that of this path.
  func isFile(at path: String?) -> Bool { self.path != nil && self.path == path }

  var isFile: Bool { path != nil }

  /// A ledger that goes on from here, with nothing in it that shows it: an image of a whole machine.
  ///
  /// `path`: of its file, where the image is one.
  func start(at path: String, _ surroundings: Surroundings) throws -> Ledger {
    switch content {
    case .memory(let store):
      let copy = try Store.memory(zone: store.zone)
      try store.database.backup(to: copy.database)
      copy.dropCache()
      return try Ledger(resuming: copy, surroundings)
    case .file(let database, let highWater):
      try database.write(to: URL(filePath: path))
      try highWater.write(to: URL(filePath: path + "-highwater"))
      let store = try Store.open(at: path)
      // An image of a whole machine has the same files under the same numbers.
      try store.exclusively { database in
        try LocalSetting.fileIdentity.set(FileIdentity.of(path), in: database)
      }
      return try Ledger(resuming: store, surroundings)
    }
  }

  /// Only the ledger's file, as a backup holds it.
  func write(to path: String) throws {
    guard case .file(let database, _) = content else { return }
    try database.write(to: URL(filePath: path))
  }

  /// Into the file that is there, so that it stays the same file; its process has ended.
  func putBack(at path: String, withHighWater: Bool) throws {
    guard case .file(let database, let highWater) = content else { return }
    try FileContent(database: database, log: nil, highWater: withHighWater ? highWater : nil)
      .putBack(at: path)
  }
}

/// The bytes of a ledger's files, as a killed process leaves them.
struct FileContent {
  var database: Data
  /// The write-ahead log; nil where there is none.
  var log: Data?
  /// Nil leaves the file that is there.
  var highWater: Data?

  init(database: Data, log: Data?, highWater: Data?) {
    self.database = database
    self.log = log
    self.highWater = highWater
  }

  init(of path: String) throws {
    database = try Data(contentsOf: URL(filePath: path))
    log = try? Data(contentsOf: URL(filePath: path + "-wal"))
    highWater = try Data(contentsOf: URL(filePath: path + "-highwater"))
  }

  func putBack(at path: String) throws {
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    try Self.overwrite(path, with: database)
    if let log { try log.write(to: URL(filePath: path + "-wal")) }
    if let highWater { try Self.overwrite(path + "-highwater", with: highWater) }
  }

  /// In place: another file would have another inode.
  private static func overwrite(_ path: String, with data: Data) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: data)
    try handle.close()
  }
}
