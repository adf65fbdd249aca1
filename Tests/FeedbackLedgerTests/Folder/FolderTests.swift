import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// Sync through a folder that sites never hold in common at one moment: a file server, a synced drive, a stick.
@Suite("A shared folder") struct FolderTests {
  private let canary = "Ein Kanarienvogel im Ordner"

  @Test func `two sites that meet in a folder only hold the same`() throws {
    let company = try Company()
    let shared = try share(company)
    try Company.record(3, at: company.branch)
    try Company.record(2, at: company.hub)
    let first = try company.branch.sync(folder: shared)
    #expect(first.files > 0 && first.events > 3 && first.refused.isEmpty)
    let second = try company.hub.sync(folder: shared)
    #expect(second.received.received > 0)
    _ = try company.branch.sync(folder: shared)
    #expect(try company.hub.heads().map(\.head) == company.branch.heads().map(\.head))
    #expect(try Company.answers(at: company.hub) == 5)
    try expectSound(company.hub, company.branch)
  }

  /// Nothing new is no new file, at any site.
  @Test func `a quiet folder stays as it is`() throws {
    let company = try Company()
    let shared = try share(company)
    try record(canary, at: company.branch)
    for _ in 0..<3 {
      for ledger in [company.branch, company.hub] { _ = try ledger.sync(folder: shared) }
    }
    let before = try content(of: shared)
    for ledger in [company.branch, company.hub] {
      let report = try ledger.sync(folder: shared)
      #expect(report.files == 0 && report.received.received == 0 && report.waiting.isEmpty)
    }
    #expect(try content(of: shared) == before)
  }

  /// A synced drive on a new machine shows what was written on the old one when it has come down.
  @Test func `a file that its writer does not see keeps its name, and nothing of it is lost`()
    throws
  {
    let company = try Company()
    let shared = try share(company)
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(folder: shared)
    let first = try #require(try entries(in: shared).first)
    let aside = company.folder.path("aside")
    try FileManager.default.moveItem(atPath: first, toPath: aside)
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(folder: shared)
    #expect(try !entries(in: shared).contains(first))
    try FileManager.default.moveItem(atPath: aside, toPath: first)
    #expect(try entries(in: shared).count == 2)
    _ = try company.hub.sync(folder: shared)
    #expect(try Company.answers(at: company.hub) == 5)
    #expect(try company.branch.sync(folder: shared).refused.isEmpty)
    try expectSound(company.hub, company.branch)
  }

  @Test func `a file of any number keeps nobody from writing the next one`() throws {
    let company = try Company()
    let shared = try share(company)
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(folder: shared)
    let shelf = URL(filePath: try #require(try entries(in: shared).first))
      .deletingLastPathComponent()
    for number in [1_000_000_000_000, 1_000_000_000_001, Int.max / 2, Int.max - 1, Int.max] {
      try Data("x".utf8).write(to: shelf.appending(path: "\(number).entries"))
    }
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(folder: shared)
    _ = try company.hub.sync(folder: shared)
    #expect(try Company.answers(at: company.hub) == 5)
    _ = try company.branch.sync(folder: shared)
    #expect(try company.branch.sync(folder: shared).files == 0)
  }

  private func entries(in shared: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: shared)
      .filter { $0.hasSuffix(".entries") }.sorted().map { "\(shared)/\($0)" }
  }

  @Test func `texts that are too many for a file are told, and no outdated ones stay for them`()
    throws
  {
    let company = try Company()
    let shared = try share(company)
    var random = SplitMix64(seed: 3)
    let long = (0..<3_000).map { _ in String(random.next(), radix: 16) }.joined()
    try record(canary + long, at: company.branch)
    _ = try company.branch.sync(folder: shared)
    #expect(try !content(of: shared).values.allSatisfy { $0.isEmpty })
    _ = try company.branch.erase([.identifier(namespace: "email", value: "somebody@example.org")])
    let report = try company.branch.sync(folder: shared, entriesMax: 100, bytesMax: 10_000)
    guard case .tooLarge(_, _, 10_000)? = report.refused.first?.error as? SyncRefusal else {
      Issue.record("\(report.refused)")
      return
    }
    #expect(try content(of: shared).keys.allSatisfy { !$0.contains("texts") })
    // The entries went on, and so do the texts where there is room.
    let further = try company.branch.sync(folder: shared)
    #expect(further.refused.isEmpty && further.files == 1)
  }

  @Test(arguments: Seeds.all) func `any order of visits converges`(seed: UInt64) throws {
    let files = try TemporaryFolder()
    var world = try World(seed: seed, folder: files)
    let shared = files.path("shared")
    try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: false)
    for _ in 0..<20 {
      let site = Int.random(in: world.sites.indices, using: &world.random)
      if Bool.random(using: &world.random) {
        try world.record(Int.random(in: 1...9, using: &world.random), at: site)
      } else {
        let report = try world.sites[site].ledger.sync(folder: shared, entriesMax: 7)
        #expect(report.refused.isEmpty, "\(report.refused)")
      }
    }
    for _ in 0..<5 {
      for ledger in world.ledgers { _ = try ledger.sync(folder: shared, entriesMax: 7) }
    }
    let heads = try Set(world.ledgers.map { try $0.store.read { $1.heads } })
    #expect(heads.count == 1)
    for ledger in world.ledgers {
      let missing = try ledger.store.read { database, state in
        try TextTable(database).missing(of: state.logs.map(\.number), limit: 1).count
      }
      #expect(missing == 0, "\(ledger.site)")
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
  }

  /// A synced drive delivers in any order, and some of it later.
  @Test func `a file that begins after what is held waits for the one before`() throws {
    let company = try Company()
    let (shared, drive) = (try share(company), try share(company, named: "drive"))
    try Company.record(12, at: company.branch)
    _ = try company.branch.sync(folder: shared, entriesMax: 7)
    let files = try content(of: shared).keys.filter { $0.hasSuffix(".entries") }.sorted()
    #expect(files.count > 1)
    let last = try #require(files.last)
    try deliver(last, from: shared, to: drive)
    let early = try company.hub.sync(folder: drive)
    #expect(early.received.received == 0)
    #expect(early.waiting.map { $0.hasSuffix(last) } == [true] && early.refused.isEmpty)
    for file in files.dropLast() { try deliver(file, from: shared, to: drive) }
    let late = try company.hub.sync(folder: drive)
    #expect(late.waiting.isEmpty)
    #expect(try Company.answers(at: company.hub) == 12)
  }

  @Test func `a hub carries from one folder to another what nobody wrote there`() throws {
    var company = try Company()
    let (north, south) = (try share(company, named: "north"), try share(company, named: "south"))
    let other = try company.world.join("other", at: company.folder.path("other.ledger"))
    try record(canary, at: company.branch)
    _ = try company.branch.sync(folder: north)
    _ = try company.hub.sync(folder: north)
    _ = try company.hub.sync(folder: south)
    _ = try other.sync(folder: south)
    #expect(try other.heads().contains { $0.site == "branch" })
    let texts = try other.store.read { database, state in
      try TextTable(database).missing(of: state.logs.map(\.number), limit: 1).isEmpty
    }
    #expect(texts)
    // Where the branch wrote for itself, the hub writes nothing of it again.
    _ = try company.hub.sync(folder: north)
    let ofHub = try content(of: north).keys.filter { $0.contains(company.hub.log.description) }
    #expect(!ofHub.contains { $0.hasSuffix(".texts") })
  }

  @Test func `an erased text leaves the folder when its writers come by`() throws {
    let company = try Company()
    let shared = try share(company)
    try record(canary, at: company.branch)
    for ledger in [company.branch, company.hub, company.branch] {
      _ = try ledger.sync(folder: shared)
    }
    #expect(try !traces(in: shared).isEmpty)
    let entries = try content(of: shared).keys.filter { $0.hasSuffix(".entries") }
    _ = try company.hub.erase([.identifier(namespace: "email", value: "ann@example.org")])
    for ledger in [company.hub, company.branch] { _ = try ledger.sync(folder: shared) }
    #expect(try traces(in: shared) == [])
    let after = try content(of: shared)
    #expect(entries.allSatisfy { after[$0] != nil }, "entries are never changed")
    try expectSound(company.hub, company.branch)
  }

  @Test func `scenario 20: an erased text leaves the folder also of a site that writes none`()
    throws
  {
    let company = try Company()
    let shared = try share(company)
    try record(canary, at: company.branch)
    _ = try company.branch.sync(folder: shared)
    #expect(try company.branch.sync(folder: shared, withoutText: true).files == 0)
    #expect(try !traces(in: shared).isEmpty, "what was written before stays")
    let entries = try content(of: shared).filter { $0.key.hasSuffix(".entries") }
    _ = try company.branch.erase([.identifier(namespace: "email", value: "ann@example.org")])
    let report = try company.branch.sync(folder: shared, withoutText: true)
    #expect(report.texts == 0 && report.refused.isEmpty)
    #expect(try traces(in: shared) == [])
    let after = try content(of: shared)
    #expect(after.keys.allSatisfy { !$0.hasSuffix(".texts") })
    #expect(entries.allSatisfy { after[$0.key] == $0.value })
  }

  /// To the byte, also where it obeys an erasure in files of its own.
  @Test func `a site that comes by leaves the files of others as they are`() throws {
    let company = try Company()
    let shared = try share(company)
    func kept(of files: [String: Data]) throws -> [String: Data] {
      try content(of: shared).filter { files[$0.key] != nil }
    }
    for _ in 0..<9 { try record(canary, at: company.branch) }
    _ = try company.branch.sync(folder: shared, entriesMax: 7)
    let ofBranch = try content(of: shared)
    for kind in [".entries", ".texts"] {
      #expect(ofBranch.keys.contains { $0.hasSuffix(kind) })
    }
    try record(canary, at: company.hub)
    let report = try company.hub.sync(folder: shared, entriesMax: 7)
    #expect(report.received.received >= 9 && report.files > 1)
    #expect(try kept(of: ofBranch) == ofBranch)
    _ = try company.hub.erase([.identifier(namespace: "email", value: "ann@example.org")])
    _ = try company.hub.sync(folder: shared, entriesMax: 7)
    #expect(try kept(of: ofBranch) == ofBranch)
    let ofHub = try content(of: shared).filter { ofBranch[$0.key] == nil }
    #expect(ofHub.count > 1)
    _ = try company.branch.sync(folder: shared, entriesMax: 7)
    #expect(try kept(of: ofHub) == ofHub)
    // Its own texts the branch has taken away.
    #expect(try kept(of: ofBranch) != ofBranch)
  }

  /// Others' rubbish and damage are named, and hold up nobody.
  @Test func `a damaged file is reported and the rest goes on`() throws {
    var company = try Company()
    let shared = try share(company)
    let other = try company.world.join("other", at: company.folder.path("other.ledger"))
    try Company.record(2, at: company.branch)
    try Company.record(2, at: other)
    for ledger in [company.branch, other] { _ = try ledger.sync(folder: shared) }
    let victim = try #require(
      try content(of: shared).keys.first {
        $0.contains(other.log.description) && $0.hasSuffix(".entries")
      })
    let path = "\(shared)/\(victim)"
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    let ledgerFolder = try #require(
      try FileManager.default.contentsOfDirectory(atPath: shared).first)
    try Data("hello".utf8).write(to: URL(filePath: "\(shared)/\(ledgerFolder)/notes.txt"))
    try FileManager.default.createSymbolicLink(
      atPath: "\(shared)/\(ledgerFolder)/\(String(repeating: "ab", count: 16))",
      withDestinationPath: "/etc")
    let report = try company.hub.sync(folder: shared)
    #expect(report.refused.map(\.file) == [path])
    #expect(try Company.answers(at: company.hub) == 2)
    try expectSound(company.hub)
  }

  /// What stands in a file is said by whoever can write there, in the place of the own files too.
  @Test(arguments: [UInt64(UInt32.max) + 1, .max])
  func `a file that claims more than a log may hold is reported`(size: UInt64) throws {
    let company = try Company()
    let shared = try share(company)
    _ = try company.hub.sync(folder: shared)
    var hello = try Forger(company.branch).hello()
    hello.assumed = [Scorebook_V1_Head()]
    hello.assumed[0].log = ProtobufBytes.data(company.hub.log.bytes)
    hello.assumed[0].size = size
    let bundle = try Forger.bundle(hello, [])
    let root = "\(shared)/\(company.hub.ledgerID.description.prefix(16))"
    for log in [company.branch.log, company.hub.log] {
      try FileManager.default.createDirectory(
        atPath: "\(root)/\(log)", withIntermediateDirectories: true)
      try bundle.write(to: "\(root)/\(log)/00000009.entries")
    }
    let report = try company.hub.sync(folder: shared)
    #expect(report.refused.map { $0.file.contains(company.branch.log.description) } == [true])
    try expectSound(company.hub)
  }

  @Test func `a file of a later protocol is reported, whatever it says beside`() throws {
    let company = try Company()
    let shared = try share(company)
    var hello = try Forger(company.branch).hello()
    hello.protocolVersion = SyncLimits.protocolVersion + 1
    hello.heads = []
    let shelf = "\(shared)/\(company.hub.ledgerID.description.prefix(16))/\(company.branch.log)"
    try FileManager.default.createDirectory(atPath: shelf, withIntermediateDirectories: true)
    try Forger.bundle(hello, []).write(to: "\(shelf)/00000001.entries")
    let report = try company.hub.sync(folder: shared)
    #expect(report.refused.map(\.file) == ["\(shelf)/00000001.entries"])
    #expect(
      report.refused.first?.error as? SyncRefusal
        == .protocolVersion(
          got: SyncLimits.protocolVersion + 1, expected: SyncLimits.protocolVersion))
    try expectSound(company.hub)
  }

  @Test func `a folder that is not there is named`() throws {
    let company = try Company()
    let path = company.folder.path("nowhere")
    #expect(throws: LedgerError.noFolder(path)) { try company.hub.sync(folder: path) }
  }

  // MARK: - Support

  private func share(_ company: Company, named name: String = "shared") throws -> String {
    let path = company.folder.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
  }

  private func record(_ text: String, at ledger: Ledger) throws {
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.customer = .identifier(namespace: "email", value: "ann@example.org")
    draft.texts = [EventDraft.Text(field: .comment, text: text)]
    _ = try ledger.record([draft])
  }

  /// By path inside the folder.
  private func content(of folder: String) throws -> [String: Data] {
    var content: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if !isFolder.boolValue { content[name] = try Data(contentsOf: URL(filePath: path)) }
    }
    return content
  }

  private func deliver(_ file: String, from source: String, to target: String) throws {
    let path = URL(filePath: "\(target)/\(file)")
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(filePath: "\(source)/\(file)"), to: path)
  }

  private func traces(in folder: String) throws -> [String] {
    try content(of: folder).keys.sorted().flatMap { name in
      try Traces(of: canary).found(inBundle: "\(folder)/\(name)").map { "\(name): \($0)" }
    }
  }
}
