import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// A transfer that is more than one bundle holds: numbered files, each of which begins where the
/// one before it ends.
@Suite struct `Scenarios of numbered bundles` {
  private static let entriesMax = 7

  private let company: Company
  private let newcomer: Ledger
  private let path: String

  init() throws {
    var company = try Company()
    newcomer = try company.world.join("newcomer")
    path = company.folder.path("all.bundle")
    self.company = company
  }

  @Test func `merged in their order they bring everything`() throws {
    try Company.record(30, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let report = try company.hub.bundle(
      to: path, for: VectorClock(), entriesMax: Self.entriesMax)
    #expect(report.files.count > 4)
    let further = (2...max(2, report.files.count)).map { "\(path).\($0)" }
    #expect(report.files == [path] + further)
    let counts = try report.files.map(Self.entries(in:))
    #expect(counts.allSatisfy { (1...Self.entriesMax).contains($0) }, "\(counts)")
    #expect(counts.reduce(0, +) == report.events)
    for file in report.files {
      #expect(try newcomer.merge(bundle: file).refusals.isEmpty, "\(file)")
    }
    let held = Set(try newcomer.heads().map(\.head))
    let missing = try company.hub.heads().map(\.head).filter { !held.contains($0) }
    #expect(missing == [])
    #expect(try Company.answers(at: newcomer) == 30)
    try expectSound(company.hub, newcomer)
  }

  @Test func `the second before the first is refused for the gap, and nothing is lost by it`()
    throws
  {
    let log = company.branch.log
    let known = try company.hub.store.read { $1.clock }
    let held = known[log]
    try Company.record(30, at: company.branch)
    let files = try company.branch.bundle(to: path, for: known, entriesMax: Self.entriesMax).files
    let second = try #require(files.dropFirst().first)
    let early = try company.hub.merge(bundle: second)
    let first = held + UInt64(Self.entriesMax) + 1
    #expect(early.refusals == [.gap(log: log, held: held, first: first)])
    #expect(early.received == 0)
    #expect(try company.hub.store.read { $1.clock[log] } == held)
    for file in files {
      #expect(try company.hub.merge(bundle: file).refusals.isEmpty, "\(file)")
    }
    let whole = try Self.head(of: log, at: company.branch)
    #expect(try Self.head(of: log, at: company.hub) == whole)
    #expect(try Company.answers(at: company.hub) == 30)
    try expectSound(company.hub, company.branch)
  }

  /// Texts that do not shrink, as nobody else's do.
  @Test func `a file holds so many bytes and not one more, and what is left goes into the next`()
    throws
  {
    try recordTexts(12)
    let whole = try bundle(bytesMax: SyncLimits.bundleBytesMax)
    #expect(whole.files.count == 1)
    #expect(try bundle(bytesMax: whole.bytes).files.count == 1)
    let halves = try bundle(bytesMax: whole.bytes - 1)
    #expect(halves.files.count > 1)
    #expect(halves.events == whole.events && halves.texts == whole.texts)
    for file in halves.files {
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)).count < whole.bytes)
      #expect(try company.hub.merge(bundle: file).refusals.isEmpty, "\(file)")
    }
    #expect(try Company.answers(at: company.hub) == 12)
    try expectSound(company.hub, company.branch)
  }

  @Test func `as few as one event goes into a file, and one that fits into none is said so`() throws
  {
    try recordTexts(5)
    let each = try bundle(bytesMax: 60_000)
    #expect(try each.files.map(Self.entries(in:)).max() == 1)
    #expect(throws: SyncRefusal.self) { try bundle(bytesMax: 30_000) }
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  private func recordTexts(_ count: Int) throws {
    var random = SplitMix64(seed: 7)
    let drafts = (0..<count).map { _ in
      var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
      let hex = (0..<4_000).map { _ in String(random.next(), radix: 16) }.joined()
      draft.texts = [EventDraft.Text(field: .comment, text: hex)]
      return draft
    }
    _ = try company.branch.record(drafts)
  }

  private func bundle(bytesMax: Int) throws -> BundleReport {
    try company.branch.bundle(
      to: path, for: try company.hub.store.read { $1.clock }, entriesMax: Ledger.bundleEntriesMax,
      content: Ledger.BundleContent(audience: .anyone, bytesMax: bytesMax))
  }

  private static func head(of log: LogID, at ledger: Ledger) throws -> Head? {
    try ledger.heads().first { $0.head.log == log }?.head
  }

  private static func entries(in file: String) throws -> Int {
    let reader = try BundleReader(path: file)
    var count = 0
    while let frame = try reader.next() {
      guard case .batch(let batch)? = frame.message else { continue }
      count += batch.runs.reduce(0) { $0 + $1.entries.count }
    }
    return count
  }
}
