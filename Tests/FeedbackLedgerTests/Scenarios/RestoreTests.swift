import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

@Suite struct `Scenarios of restore` {
  @Test func `scenario 1: a branch that restores last week's backup keeps what it records then`()
    throws
  {
    let company = try Company()
    try Company.record(3, at: company.branch)
    try company.branch.store.checkpoint()
    try company.folder.copy("branch.ledger", to: "restored.ledger")
    try Company.record(4, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    var finding: OpenFinding?
    let restored = try Ledger.open(
      at: company.folder.path("restored.ledger"), surroundings: company.branchClock.surroundings
    ) { finding = $0 }
    #expect(finding == .copied)
    try Company.record(3, at: restored)
    _ = try restored.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 10)
    #expect(try Company.answers(at: restored) == 10)
    #expect(restored.log != company.branch.log)
    // The hub's log says which log goes on from which, from where and why.
    let start = try #require(try ReferenceLogs(of: company.hub).logs[restored.log]?.first)
    #expect(start.event.logStarted.predecessor.reason == .copied)
    #expect(
      ProtobufBytes.array(start.event.logStarted.predecessor.head.log) == company.branch.log.bytes)
    var starts = 0
    try company.hub.forEachEvent(EventFilter(site: "branch")) { event in
      if event.kind == .logStarted { starts += 1 }
    }
    #expect(starts == 2)
    try expectSound(company.hub, restored)
  }

  @Test func `scenario 2: two laptops that run from one file lose no event`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    try company.branch.store.checkpoint()
    try company.folder.copy("branch.ledger", to: "laptop.ledger")
    let laptop = try Ledger.open(
      at: company.folder.path("laptop.ledger"), surroundings: company.branchClock.surroundings)
    for _ in 0..<3 {
      try Company.record(2, at: company.branch)
      try Company.record(3, at: laptop)
      _ = try laptop.sync(with: company.hub)
      _ = try company.branch.sync(with: company.hub)
    }
    #expect(try Company.answers(at: company.hub) == 17)
    #expect(try company.hub.sync(with: laptop).there.refusals.isEmpty)
    try expectSound(company.hub, company.branch, laptop)
  }

  @Test func `scenario 3: a hub that is restored to yesterday gets exactly what is missing`() throws
  {
    let company = try Company()
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.store.checkpoint()
    try company.folder.copy("authority.ledger", to: "yesterday.ledger")
    try Company.record(4, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let yesterday = try Ledger.open(
      at: company.folder.path("yesterday.ledger"),
      surroundings: company.hubClock.surroundings)
    _ = try company.branch.sync(with: yesterday)
    #expect(try Company.answers(at: yesterday) == 7)
    try expectSound(yesterday, company.branch)
  }

  /// The state is from before a successor began: the own log in it is not the one that was acknowledged last.
  /// Killed between the commit and the high-water file: what was committed is read and passed on from the next opening.
  @Test
  func `scenario 1: a file that is put back to before what a killed process had committed says so`()
    throws
  {
    let company = try Company()
    let file = URL(filePath: company.folder.path("branch.ledger"))
    let highWater = URL(filePath: file.path + "-highwater")
    try company.branch.store.checkpoint()
    let (old, acknowledged) = (try Data(contentsOf: file), try Data(contentsOf: highWater))
    try Company.record(2, at: company.branch)
    try company.branch.store.checkpoint()
    try Self.overwrite(highWater, with: acknowledged)
    func finding() throws -> OpenFinding? {
      var finding: OpenFinding?
      _ = try Ledger.open(at: file.path, surroundings: company.branchClock.surroundings) {
        finding = $0
      }
      return finding
    }
    #expect(try finding() == nil)
    try Self.overwrite(file, with: old)
    #expect(try finding() == .shorterThanAcknowledged)
  }

  /// In place: another file would have another inode.
  private static func overwrite(_ url: URL, with data: Data) throws {
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: data)
    try handle.close()
  }

  @Test func `scenario 1: a file that is put back to before its log had a successor says so`()
    throws
  {
    let company = try Company()
    try Company.record(3, at: company.branch)
    try company.branch.store.checkpoint()
    let path = company.folder.path("branch.ledger")
    let old = try Data(contentsOf: URL(filePath: path))
    try company.branch.startSuccessor(.copied)
    try Company.record(2, at: company.branch)
    try company.branch.store.checkpoint()
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: old)
    try handle.close()
    var finding: OpenFinding?
    let restored = try Ledger.open(
      at: path, surroundings: company.branchClock.surroundings
    ) { finding = $0 }
    #expect(finding == .shorterThanAcknowledged)
    #expect(restored.log != company.branch.log)
  }
}
