import Foundation
import GRDB
import LedgerCore
import LedgerStore
import TestSupport
import Testing

@Suite struct `The write-ahead log` {
  private let canary = Array("a key that was given up".utf8)
  private let folder: TemporaryFolder
  private let path: String
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("a.ledger")
    store = try Store.create(at: path, zone: .utc)
  }

  /// Who imports beside a long question is not kept waiting, and not told that the ledger is locked.
  @Test func `stays while somebody reads an older state, and is emptied after that`() throws {
    try write(megabyte(of: 1))
    let reader = try Store.open(at: path)
    try reader.read { _, _ in
      try write(megabyte(of: 2))
      let start = ContinuousClock.now
      try store.checkpointIfUnread()
      #expect(ContinuousClock.now - start < .seconds(StoreLimits.busySeconds) / 2)
      #expect(try log().count > Self.megabyte)
    }
    try store.checkpointIfUnread()
    #expect(try log().isEmpty)
  }

  /// Nobody has the file open from one to the next.
  @Test func `keeps its length however many programs write one thing each`() throws {
    let path = folder.path("b.ledger")
    _ = try Store.create(at: path, zone: .utc)
    var longest = 0
    for round in 0..<30 {
      let program = try Store.open(at: path)
      try write(megabyte(of: UInt8(round)), by: program)
      longest = max(longest, try log(of: path).count)
    }
    #expect(longest > StoreLimits.walBytesMax / 2)
    #expect(longest < StoreLimits.walBytesMax + 2 * Self.megabyte)
  }

  @Test func `keeps its length however often one program writes`() throws {
    var longest = 0
    for round in 0..<30 {
      try write(megabyte(of: UInt8(round)))
      longest = max(longest, try log().count)
    }
    #expect(longest > StoreLimits.walBytesMax / 2)
    #expect(longest < StoreLimits.walBytesMax + 2 * Self.megabyte)
  }

  @Test func `loses what was deleted with the transaction that deletes it`() throws {
    try write(canary)
    #expect(try log().contains(canary))
    try delete()
    #expect(try !log().contains(canary))
  }

  @Test func `loses what was deleted after its last reader, when something is written`() throws {
    try deleteWhileRead()
    #expect(try log().contains(canary))
    try write([1])
    #expect(try !log().contains(canary))
  }

  @Test func `loses what was deleted after its last reader, when the ledger is opened`() throws {
    try deleteWhileRead()
    let next = try Store.open(at: path)
    #expect(try !log().contains(canary))
    #expect(try next.read { $1.logs.isEmpty })
  }

  private func deleteWhileRead() throws {
    try write(canary)
    let reader = try Store.open(at: path)
    try reader.read { _, _ in try delete() }
  }

  private func delete() throws {
    try store.exclusively {
      try LocalSetting.site.set([0], in: $0)
      try DeletedBytes.markKeys(in: $0)
    }
  }

  private static let megabyte = 1 << 20

  /// SQLite writes no page that stays as it is.
  private func megabyte(of byte: UInt8) -> [UInt8] { Array(repeating: byte, count: Self.megabyte) }

  private func write(_ bytes: [UInt8], by writer: Store? = nil) throws {
    try (writer ?? store).exclusively { try LocalSetting.site.set(bytes, in: $0) }
  }

  private func log(of path: String? = nil) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: (path ?? self.path) + "-wal")))
  }
}

extension [UInt8] {
  fileprivate func contains(_ bytes: [UInt8]) -> Bool {
    Data(self).range(of: Data(bytes)) != nil
  }
}
