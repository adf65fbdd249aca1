import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// A machine that was put back as a whole: nothing in its file, or beside it, shows that its log was longer once. Its
/// own files in the folder do.
@Suite struct `A machine put back that syncs through a folder` {
  private let company: Company
  private let shared: String
  /// The log that was written twice.
  private let log: LogID
  /// The machine in its older state; the first one is not used any more once this one is.
  private let restored: Ledger
  private var hub: Ledger { company.hub }

  /// Two answers from before, which both hold.
  init() throws {
    company = try Company()
    try company.folder.make("shared")
    shared = company.folder.path("shared")
    log = company.branch.log
    try Company.comment(2, at: company.branch)
    for ledger in [company.branch, company.hub] { _ = try ledger.sync(folder: shared) }
    restored = try company.twin()
  }

  @Test func `scenario 1: what its own files hold is taken back, and it goes on in a new log`()
    throws
  {
    try goOn()
    let report = try restored.sync(folder: shared)
    #expect(report.received.successions == [.peerHoldsMore(log)])
    #expect(report.refused.isEmpty && report.waiting.isEmpty)
    #expect(restored.log != log)
    #expect(try Company.answers(at: restored) == 2 + 4)
    try Company.comment(3, at: restored)
    try visit()
    for ledger in [hub, restored] {
      #expect(try Company.answers(at: ledger) == 2 + 4 + 3, "\(ledger.site)")
      #expect(try Company.texts(of: ledger) == 2 + 4 + 3, "\(ledger.site)")
      #expect(try ledger.forks().isEmpty, "\(ledger.site)")
    }
    #expect(try restored.heads().map(\.head) == hub.heads().map(\.head))
    try expectQuiet()
    try expectSound(hub, restored)
  }

  /// The hub has not come by: nobody else holds the tail, nor its texts.
  @Test func `scenario 1: what lies only in its own files is not lost`() throws {
    for _ in 0..<2 {
      try Company.comment(2, at: company.branch)
      _ = try company.branch.sync(folder: shared)
    }
    #expect(try restored.sync(folder: shared).received.successions == [.peerHoldsMore(log)])
    try visit()
    for ledger in [hub, restored] {
      #expect(try Company.answers(at: ledger) == 2 + 4, "\(ledger.site)")
      #expect(try Company.texts(of: ledger) == 2 + 4, "\(ledger.site)")
    }
    try expectSound(hub, restored)
  }

  /// Somebody has cleared them away: what another site wrote after it had taken them in tells of them.
  @Test func `scenario 1: it goes on in a new log also where its own files are not there yet`()
    throws
  {
    try goOn()
    try Company.comment(1, at: hub)
    _ = try hub.sync(folder: shared)
    let shelf = "\(shared)/\(restored.ledgerID.description.prefix(16))/\(log)"
    let aside = company.folder.path("aside")
    try FileManager.default.moveItem(atPath: shelf, toPath: aside)
    let report = try restored.sync(folder: shared)
    #expect(report.received.successions == [.peerHoldsMore(log)])
    #expect(report.refused.isEmpty && !report.waiting.isEmpty)
    try Company.comment(3, at: restored)
    try visit()
    #expect(try Company.answers(at: hub) == 2 + 4 + 1 + 3)
    #expect(try Company.answers(at: restored) == 2 + 3)
    try FileManager.default.moveItem(atPath: aside, toPath: shelf)
    try visit()
    for ledger in [hub, restored] {
      #expect(try Company.answers(at: ledger) == 2 + 4 + 1 + 3, "\(ledger.site)")
      #expect(try ledger.forks().isEmpty, "\(ledger.site)")
    }
    try expectSound(hub, restored)
  }

  /// Fewer entries than its own files hold, as many, and more.
  @Test(arguments: [1, 2, 3, 4, 9])
  func `scenario 1: what it records before it knows is a branch of its own, and none is lost`(
    count: Int
  ) throws {
    try goOn()
    try Company.comment(count, at: restored)
    let report = try restored.sync(folder: shared)
    let isLonger = count < 4 && report.received.successions == [.peerHoldsMore(log)]
    #expect(isLonger || report.received.successions == [.forked(log)])
    #expect(report.refused.allSatisfy(Self.isFork) && report.waiting.isEmpty)
    #expect(try restored.forks().map(\.log) == [log])
    #expect(try hub.sync(folder: shared).refused.allSatisfy(Self.isFork))
    #expect(try hub.forks().map(\.log) == [log])
    for ledger in [hub, restored] {
      #expect(try Company.answers(at: ledger) == Int64(2 + count), "\(ledger.site)")
    }
    let head = try #require(try hub.heads().first { $0.head.log == log }?.head)
    let adopted = try hub.adopt(log, size: head.size, rootPrefix: head.root.description)
    #expect(adopted.events == 4)
    try Company.comment(1, at: restored)
    try visit()
    for ledger in [hub, restored] {
      #expect(try Company.answers(at: ledger) == Int64(2 + 4 + count + 1), "\(ledger.site)")
      #expect(try ledger.missingTexts().isEmpty, "\(ledger.site)")
    }
    // Of the log that forked each keeps its branch.
    #expect(try others(at: restored) == others(at: hub))
    try expectQuiet()
    try expectSound(hub, restored)
  }

  /// The hub has heard the first machine over a line, and holds as many entries of the log as the file in which the
  /// other branch begins: nothing in it seems to be lacking, and what follows does not go together with what is held.
  @Test func `scenario 1: a branch that seems to be no news shows by what goes on from it`() throws
  {
    _ = try restored.sync(folder: shared)
    try Company.comment(6, at: company.branch)
    _ = try hub.receive(everythingFrom: company.branch)
    func size(at ledger: Ledger) throws -> UInt64 { try ledger.holdings().clock[log] }
    while try size(at: restored) < size(at: hub) { try Company.comment(1, at: restored) }
    _ = try restored.sync(folder: shared)
    try #require(try size(at: restored) == size(at: hub))
    try Company.comment(2, at: restored)
    _ = try restored.sync(folder: shared)
    let report = try hub.sync(folder: shared)
    #expect(try hub.forks().map(\.log) == [log])
    #expect(!report.refused.isEmpty && report.refused.allSatisfy(Self.isFork))
    #expect(try restored.sync(folder: shared).refused.allSatisfy(Self.isFork))
    try visit()
    #expect(try restored.forks().map(\.log) == [log])
    #expect(restored.log != log)
    try expectSound(hub, restored)
  }

  // MARK: - Support

  /// The first machine records four answers more, in two files, and the hub takes them in.
  private func goOn() throws {
    for _ in 0..<2 {
      try Company.comment(2, at: company.branch)
      _ = try company.branch.sync(folder: shared)
    }
    _ = try hub.sync(folder: shared)
  }

  /// Both come by until neither has anything to say.
  private func visit() throws {
    for _ in 0..<3 {
      for ledger in [restored, hub] {
        #expect(try ledger.sync(folder: shared).refused.isEmpty, "\(ledger.site)")
      }
    }
  }

  private func expectQuiet() throws {
    for ledger in [restored, hub] {
      let report = try ledger.sync(folder: shared)
      #expect(report.files == 0 && report.received.received == 0, "\(ledger.site)")
      #expect(report.refused.isEmpty && report.waiting.isEmpty, "\(ledger.site)")
      #expect(report.received.successions.isEmpty, "\(ledger.site)")
    }
  }

  private func others(at ledger: Ledger) throws -> [Head] {
    try ledger.heads().map(\.head).filter { $0.log != log }
  }

  private static func isFork(_ refused: (file: String, error: any Error)) -> Bool {
    guard case .fork? = refused.error as? SyncRefusal else { return false }
    return true
  }
}
