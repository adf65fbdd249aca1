import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// A hub whose machine was put back to an older state as a whole: the same file under the same
/// number, and nothing in it or beside it shows that its log was longer once.
@Suite struct `A hub that was put back` {
  private let folder: TemporaryFolder
  private let world: World
  private let branch: Ledger
  private var hub: Ledger { world.authority }

  init() throws {
    folder = try TemporaryFolder()
    (world, branch) = try Hub.withBranch(seed: 57, in: folder)
  }

  @Test
  func `scenario 3: a hub put back unseen hears from a branch how long its log was, and goes on`()
    async throws
  {
    let log = hub.log
    try await exchange(hub, recording: 3, and: 2)
    let before = try #require(try Self.head(of: log, at: hub))
    try hub.store.checkpoint()
    let image = try FileImage(of: folder.path("authority.ledger"))
    try await exchange(hub, recording: 5, and: 4)
    let acknowledged = try #require(try Self.head(of: log, at: hub))
    let restored = try putBack(image)
    #expect(restored.log == log)
    #expect(before.size + 5 <= acknowledged.size)
    #expect(try Self.head(of: log, at: restored) == before)
    try await Hub.serving(restored) { server in
      let first = try await server.sync(branch)
      #expect(first.there.refusals.isEmpty && first.here.refusals.isEmpty)
      #expect(first.there.received >= 5 + 4)
      #expect(restored.log != log)
    }
    try await exchange(restored, recording: 6, and: 1)
    let answers: Int64 = 3 + 2 + 5 + 4 + 6 + 1
    for ledger in [restored, branch] {
      #expect(try Self.head(of: log, at: ledger) == acknowledged, "\(ledger.site)")
      #expect(try StoreCounters(ledger).kept().total(.nps) == answers, "\(ledger.site)")
      #expect(try ledger.forks().isEmpty, "\(ledger.site)")
      #expect(try ledger.verify().findings.isEmpty, "\(ledger.site)")
    }
    #expect(try restored.heads().map(\.head) == branch.heads().map(\.head))
    try expectEqual(restored, branch)
    try expectSuccession(from: before, to: restored.log)
  }

  /// Both record, and sync until nothing is left to send: what was recorded is acknowledged.
  private func exchange(_ hub: Ledger, recording here: Int, and there: Int) async throws {
    try hub.recordAnswers(here)
    try branch.recordAnswers(there)
    try await Hub.serving(hub) { server in
      for _ in 0..<3 { try await server.sync(branch) }
      let last = try await server.sync(branch)
      #expect(last.there.received == 0 && last.here.received == 0)
    }
  }

  /// The hub as it is started from the image; its process has ended before.
  private func putBack(_ image: FileImage) throws -> Ledger {
    try hub.store.checkpoint()
    try image.putBack()
    var finding: OpenFinding?
    let restored = try Ledger.open(
      at: folder.path("authority.ledger"), surroundings: world.sites[0].clock.surroundings
    ) { finding = $0 }
    #expect(finding == nil, "the file itself shows it")
    return restored
  }

  /// What the branch holds says why the hub goes on in another log, and after which head.
  private func expectSuccession(from head: Head, to log: LogID) throws {
    let start = try #require(try ReferenceLogs(of: branch).logs[log]?.first)
    let predecessor = start.event.logStarted.predecessor
    #expect(predecessor.reason == .peerHoldsMore)
    #expect(ProtobufBytes.array(predecessor.head.log) == head.log.bytes)
    #expect(predecessor.head.size == head.size)
  }

  private static func head(of log: LogID, at ledger: Ledger) throws -> Head? {
    try ledger.heads().first { $0.head.log == log }?.head
  }
}
