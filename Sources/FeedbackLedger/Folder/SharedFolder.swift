import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// A folder that several sites can read, and in which each writes only under its own log's name: on a file server, a
/// synced drive, a stick. Readers take no lock; a file appears whole, under its final name, or not at all.
struct SharedFolder {
  /// One log's files.
  struct Shelf {
    var log: LogID
    var path: String
    /// Ascending by number.
    var files: [FolderFile]

    func path(of file: FolderFile) -> String { "\(path)/\(file.name)" }

    var entries: [FolderFile] { files.filter { $0.content == .entries } }

    /// Of every file of entries that can be read.
    func stretches(where isWanted: (String) -> Bool = { _ in true }) -> [Stretch] {
      entries.map(path(of:)).filter(isWanted).compactMap { try? SharedFolder.stretch($0) }
    }

    func texts(of number: Int) -> [FolderFile] {
      files.filter { $0.number == number && $0.content != .entries }
    }
  }

  /// What a file of entries says of itself: whoever holds `assumed` holds `reached` with it.
  struct Stretch {
    var assumed: VectorClock
    var reached: VectorClock
    var hello: Scorebook_V1_Hello

    /// What it holds of each log.
    var seqs: [(log: LogID, seqs: ClosedRange<UInt64>)] {
      reached.entries.compactMap { end in
        let first = assumed[end.log] + 1
        return first <= end.seq ? (end.log, first...end.seq) : nil
      }
    }
  }

  /// Of this ledger.
  private let root: String
  /// Of a file in it: whoever may read the folder may read it, and its owner alone may write.
  var permissions: Int { 0o600 | (folderPermissions & 0o044) }
  /// Of the folder itself, with the bits that say who may delete in it and whose group its files have.
  private let folderPermissions: Int

  init(path: String, ledger: Digest256) throws {
    guard FileManager.default.isFolder(atPath: path) else { throw LedgerError.noFolder(path) }
    root = "\(path)/\(ledger.description.prefix(16))"
    var status = stat()
    guard stat(path, &status) == 0 else { throw LedgerError.noFolder(path) }
    folderPermissions = Int(status.st_mode & 0o7777)
  }

  /// Ascending by log. Names that are no logs are passed over, as are symbolic links: nobody's files lead out of here.
  func shelves() throws -> [Shelf] {
    guard FileManager.default.fileExists(atPath: root) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: root).sorted().compactMap { name in
      guard let log = LogID(hexadecimal: name), log.description == name,
        type(of: "\(root)/\(name)") == .typeDirectory
      else { return nil }
      return try shelf(of: log)
    }
  }

  func shelf(of log: LogID) throws -> Shelf {
    let path = "\(root)/\(log)"
    guard FileManager.default.fileExists(atPath: path) else {
      return Shelf(log: log, path: path, files: [])
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
      .compactMap(FolderFile.init(name:))
      .filter { type(of: "\(path)/\($0.name)") == .typeRegular }
      .sorted { ($0.number, $0.name) < ($1.number, $1.name) }
    return Shelf(log: log, path: path, files: files)
  }

  /// Makes the place for a log's own files: in it its owner alone writes, beside it whoever may write in the folder.
  func makeShelf(of log: LogID) throws {
    try PrivateFile.makeFolder(at: root, permissions: 0o700 | folderPermissions)
    try PrivateFile.makeFolder(
      at: "\(root)/\(log)", permissions: 0o700 | (folderPermissions & 0o2055))
  }

  /// Reads the beginning of a file.
  ///
  /// - Throws: `SyncRefusal` for a file that is no bundle, or that a program of a later protocol wrote.
  static func stretch(_ path: String) throws -> Stretch {
    guard case .hello(let hello)? = try BundleReader(path: path).next()?.message else {
      throw SyncRefusal.malformed("a file that does not begin with a hello")
    }
    try hello.checkVersion()
    guard hello.heads.count <= SyncLimits.logsMax, hello.assumed.count <= SyncLimits.logsMax else {
      throw SyncRefusal.tooMany(
        what: "logs", got: max(hello.heads.count, hello.assumed.count),
        limit: SyncLimits.logsMax)
    }
    guard (hello.assumed + hello.heads.map(\.head)).allSatisfy({ $0.size <= UInt64(UInt32.max) })
    else { throw SyncRefusal.malformed("a head of more entries than a log may have") }
    let assumed = VectorClock(messages: hello.assumed)
    return Stretch(
      assumed: assumed,
      reached: assumed.joined(with: VectorClock(messages: hello.heads.map(\.head))), hello: hello)
  }

  private func type(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }
}
