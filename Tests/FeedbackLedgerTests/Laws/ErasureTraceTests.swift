import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// Law 9: an erasure leaves every number and every proof as it was, and no byte of the text anywhere.
@Suite struct `Law 9` {
  @Test(arguments: Seeds.all)
  func `what was erased is in no file, no bundle and no export of any ledger that heard of it`(
    seed: UInt64
  ) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, branches: 0, folder: folder)
    for name in ["a", "b"] { try world.join("branch \(name)", at: folder.path("\(name).ledger")) }
    try world.run(steps: 12)
    let canary = "Zwölf Kanarienvögel \(seed) im Bergwerk"
    let author = Int.random(in: world.sites.indices, using: &world.random)
    try record(canary, at: world.ledgers[author])
    try world.run(steps: 6)
    try world.converge()
    let salts = try world.ledgers.flatMap { try self.salts(of: canary, at: $0) }
    #expect(salts.count == 2 * world.ledgers.count)
    let clock = try world.authority.store.read { $1.clock }
    let before = try scores(of: world.authority, at: .clock(clock))
    let counters = try StoreCounters(world.authority).kept()

    let eraser = Int.random(in: world.sites.indices, using: &world.random)
    let report = try world.ledgers[eraser].erase([customer])
    #expect(report.deletedTexts == 2)
    #expect(report.waitingFor.count == world.ledgers.count - 1)
    let traces = [Traces(of: canary)] + Set(salts).map { Traces(ofBytes: $0) }
    // At once, and not only when the next session empties the write-ahead log.
    try expectClean(world.ledgers[eraser], traces, bundle: folder.path("at once.bundle"))
    try world.converge()
    for (index, ledger) in world.ledgers.enumerated() {
      #expect(try ledger.sitesWaiting(for: report.address).isEmpty)
      expect(try StoreCounters(ledger).kept(), equal: counters, ledger.site)
      #expect(try scores(of: ledger, at: .clock(clock)) == before)
      #expect(try ledger.verify().findings.isEmpty)
      try expectClean(ledger, traces, bundle: folder.path("after \(index).bundle"))
    }
  }

  /// A stick that lay in a drawer, and a ledger that starts from it: the text does not come back.
  @Test func `a bundle from before the erasure brings no text back`() throws {
    var company = try Company()
    let canary = "Ein Kanarienvogel aus der Schublade"
    try record(canary, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let old = company.folder.path("old.bundle")
    _ = try company.branch.bundle(to: old)
    #expect(try !Traces(of: canary).found(inBundle: old).isEmpty)
    _ = try company.hub.erase([customer])
    let newcomer = try company.world.join("newcomer", at: company.folder.path("newcomer.ledger"))
    _ = try newcomer.sync(with: company.hub)
    for ledger in [company.hub, newcomer] {
      _ = try ledger.merge(bundle: old)
      try expectClean(
        ledger, [Traces(of: canary)], bundle: company.folder.path("\(ledger.site).bundle"))
    }
    try expectSound(company.hub, newcomer)
  }

  /// Another process answers a long question meanwhile.
  @Test func `what somebody still reads is told, and goes when they have ended`() throws {
    let company = try Company()
    let canary = "Ein Kanarienvogel, den noch jemand ansieht"
    try record(canary, at: company.branch)
    let reader = try Store.open(at: company.folder.path("branch.ledger"))
    let path = try #require(company.branch.store.path)
    try reader.read { _, _ in
      let report = try company.branch.erase([customer])
      #expect(report.deletedTexts == 2 && report.isStillOnDisk)
      #expect(try !Traces(of: canary).found(inFilesBeside: path).isEmpty)
      #expect(try company.branch.store.holdsDeleted())
    }
    try Company.record(1, at: company.branch)
    #expect(try !company.branch.store.holdsDeleted())
    try expectClean(
      company.branch, [Traces(of: canary)], bundle: company.folder.path("after.bundle"))
  }

  /// Where rows of two logs come in turns, SQLite moves them from page to page and leaves their old bytes behind.
  @Test(arguments: [UInt64](1...3))
  func `not one of hundreds of texts is left between the rows of a page`(
    seed: UInt64
  ) throws {
    let company = try Company()
    var random = SplitMix64(seed: seed)
    var canaries: [String] = []
    for number in 0..<400 {
      let ledger = number.isMultiple(of: 2) ? company.branch : company.hub
      let canary = "Kanarienvogel \(random.next())-\(random.next())"
      try record(canary + String(repeating: ".", count: Int(random.next() % 500)), at: ledger)
      canaries.append(canary)
      if number % 20 == 19 { for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) } }
      if number % 4 == 3 { try recordForAnother(at: ledger, length: Int(random.next() % 900)) }
    }
    _ = try company.branch.erase([customer])
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    for ledger in [company.branch, company.hub] {
      let files = Data(try Traces.content(ofFilesBeside: try #require(ledger.store.path)))
      let left = canaries.filter { files.range(of: Data($0.utf8)) != nil }
      #expect(left == [], "\(ledger.site): \(left.count) of \(canaries.count)")
    }
    try expectSound(company.branch, company.hub)
  }

  /// What stays, among what goes.
  private func recordForAnother(at ledger: Ledger, length: Int) throws {
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = .identifier(namespace: "email", value: "bob@example.org")
    draft.texts = [
      EventDraft.Text(field: .comment, text: String(repeating: "b", count: length + 1))
    ]
    _ = try ledger.record([draft])
  }

  private var customer: EventDraft.Customer {
    .identifier(namespace: "email", value: "ann@example.org")
  }

  /// Two texts, so that one that is left behind does not hide behind the other.
  private func record(_ canary: String, at ledger: Ledger) throws {
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.customer = customer
    draft.texts = [
      EventDraft.Text(field: .comment, text: canary),
      EventDraft.Text(field: .answer, name: "why", text: "because: \(canary)"),
    ]
    _ = try ledger.record([draft])
  }

  private func salts(of canary: String, at ledger: Ledger) throws -> [[UInt8]] {
    var salts: [[UInt8]] = []
    try ledger.store.read { database, _ in
      try database.forEachRow("SELECT salt, bytes FROM detached") { row in
        if row.text(1).contains(canary) { salts.append(row.bytes(0)) }
      }
    }
    return salts
  }

  private func expectClean(_ ledger: Ledger, _ traces: [Traces], bundle: String) throws {
    _ = try ledger.bundle(to: bundle)
    var export = ""
    try ledger.forEachEvent(EventFilter()) { export += try $0.cloudEventLine() }
    let path = try #require(ledger.store.path)
    for trace in traces {
      #expect(try trace.found(inFilesBeside: path) == [])
      #expect(try trace.found(inBundle: bundle) == [])
      #expect(trace.found(in: Array(export.utf8)) == [])
    }
  }
}
