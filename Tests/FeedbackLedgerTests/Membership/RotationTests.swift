import Crypto
import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// A key that was given up: all that it vouched for stays, and it vouches for nothing more.
@Suite("Rotation") struct RotationTests {
  @Test func `everything counts as before, under its address, and so does what comes`() throws {
    let company = try Company()
    let (log, key) = (company.branch.log, try company.branch.keyFingerprint())
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try Company.record(2, at: company.branch)
    try company.branch.rotateKey()
    #expect(company.branch.log != log)
    #expect(try company.branch.keyFingerprint() != key)
    try Company.record(4, at: company.branch)
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    for ledger in [company.hub, company.branch] {
      #expect(try Company.answers(at: ledger) == 9)
      #expect(try ledger.applicants().isEmpty)
    }
    #expect(try company.hub.sites().first { $0.site == "branch" }?.standing == .ok)
    try expectSound(company.hub, company.branch)
  }

  @Test func `neither old key is left in the files, and requests are signed by another one`() throws
  {
    let company = try Company()
    let requests = Array(try company.branch.requestKey().rawRepresentation)
    let log = try company.branch.store.read { database, _ in
      try LocalSetting.logKey.bytes(in: database)
    }
    let seeds = [try #require(log), requests]
    let path = try #require(company.branch.store.path)
    for seed in seeds { #expect(try !Traces(ofBytes: seed).found(inFilesBeside: path).isEmpty) }
    #expect(try company.branch.rotateKey())
    for seed in seeds { #expect(try Traces(ofBytes: seed).found(inFilesBeside: path) == []) }
    #expect(try Array(company.branch.requestKey().rawRepresentation) != requests)
  }

  @Test func `what the old key still signs counts nowhere, and its requests are not answered`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let old = company.branch.log
    let thief = try company.twin()
    try company.branch.rotateKey()
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.hub.answers(company.branch.log))
    #expect(try !company.hub.answers(old))
    try Company.record(5, at: thief)
    for _ in 0..<2 { _ = try thief.sync(with: company.hub) }
    #expect(try Company.answers(at: company.hub) == 2)
    // Also in a log that goes on from the old one by the old key's signature.
    try Company.record(1, at: thief)
    for _ in 0..<2 { _ = try thief.sync(with: company.hub) }
    #expect(try Company.answers(at: company.hub) == 2)
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 3)
    try expectSound(company.hub)
  }

  @Test func `an old backup of the site goes on in a log that waits for a person`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    let backup = try company.copy("backup.ledger")
    try company.branch.rotateKey()
    _ = try company.branch.sync(with: company.hub)
    try Company.record(3, at: backup)
    _ = try backup.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    let waiting = try company.hub.applicants()
    #expect(waiting.map(\.standing) == [.withOldKey] && waiting.map(\.log) == [backup.log])
    try company.hub.approve("branch")
    #expect(try Company.answers(at: company.hub) == 5)
    try expectSound(company.hub)
  }

  @Test func `whoever has the old key names no other heir once the first one is known`() throws {
    let company = try Company()
    let thief = try company.twin()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try company.branch.rotateKey()
    _ = try company.branch.sync(with: company.hub)
    // It says that the log ended before those two.
    try thief.rotateKey()
    try Company.record(5, at: thief)
    for _ in 0..<2 { _ = try? thief.sync(with: company.hub) }
    try Company.record(1, at: company.branch)
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    for ledger in [company.hub, company.branch] {
      #expect(try Company.answers(at: ledger) == 3)
    }
    #expect(try company.hub.heads().contains { $0.head.log == thief.log })
    #expect(try company.hub.applicants().map(\.log) == [thief.log])
    #expect(try company.hub.applicants().map(\.standing) == [.withOldKey])
    #expect(try company.hub.isMember(company.branch.log))
    #expect(try !company.hub.isMember(thief.log))
    // It is said once.
    let size = try company.hub.store.read { $1.ownLog?.size }
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    #expect(try company.hub.store.read { $1.ownLog?.size } == size)
    try expectSound(company.hub, company.branch)
  }

  /// Nobody can tell which of the two has the site's new key: a person asks the site.
  @Test(arguments: [true, false])
  func `of two heirs that come together neither goes on until a person has decided`(
    isThiefShorter: Bool
  ) throws {
    let company = try Company()
    let early = try company.twin(named: "early.ledger")
    try Company.record(2, at: company.branch)
    let late = try company.twin(named: "late.ledger")
    _ = try company.branch.sync(with: company.hub)
    let thief = isThiefShorter ? early : late
    try company.branch.rotateKey()
    try thief.rotateKey()
    try Company.record(1, at: company.branch)
    try Company.record(5, at: thief)
    let witness = try Ledger.create(
      at: nil, site: "witness", invitation: try company.hub.invite("witness"),
      surroundings: company.hubClock.surroundings)
    _ = try witness.sync(with: company.hub)
    for heir in [company.branch, thief] { _ = try witness.receive(everythingFrom: heir) }
    for _ in 0..<2 { _ = try witness.sync(with: company.hub) }
    let waiting = try company.hub.applicants()
    #expect(Set(waiting.map(\.log)) == [company.branch.log, thief.log])
    #expect(waiting.map(\.standing) == [.withOldKey, .withOldKey])
    #expect(try Company.answers(at: company.hub) == (isThiefShorter ? 0 : 2))
    #expect(throws: LedgerError.severalWait("branch", waiting.map(\.log))) {
      try company.hub.approve("branch")
    }
    try company.hub.approve("branch", log: company.branch.log)
    for _ in 0..<2 { _ = try witness.sync(with: company.hub) }
    for ledger in [company.hub, witness] { #expect(try Company.answers(at: ledger) == 3) }
    #expect(try company.hub.applicants().map(\.log) == [thief.log])
    try expectSound(company.hub, witness)
  }

  /// To confirm an heir gives it no rights of its own: those of the log before it end with that one's.
  @Test func `a revoked site does not come back by a rotation that somebody confirmed`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let old = company.branch.log
    try company.branch.rotateKey()
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 5)
    #expect(try company.hub.store.read { $1.membership?.unconfirmedHeirs } == [])
    try company.hub.revoke("branch", log: old)
    #expect(try Company.answers(at: company.hub) == 2)
    #expect(try !company.hub.isMember(company.branch.log))
    try expectSound(company.hub)
  }

  @Test func `the authority gives up its key and still decides`() throws {
    let company = try Company()
    try company.hub.rotateKey()
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let newcomer = try Ledger.create(
      at: nil, site: "shop", invitation: try company.hub.invite("shop"),
      surroundings: company.branchClock.surroundings)
    try Company.record(1, at: newcomer)
    _ = try newcomer.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    try company.hub.retire("shop")
    #expect(try company.hub.sites().first { $0.site == "shop" }?.standing == .retired)
    try expectSound(company.hub)
  }

  @Test func `a log that another one goes on from keeps its key until a person has decided`() throws
  {
    let company = try Company()
    let copy = try company.copy("copy.ledger")
    try Company.record(1, at: copy)
    _ = try copy.sync(with: company.hub)
    _ = try company.branch.sync(with: company.hub)
    #expect(throws: LedgerError.clonedLog(company.branch.log, in: copy.log)) {
      try company.branch.rotateKey()
    }
  }

  @Test(arguments: Seeds.all) func `arrival order never matters`(seed: UInt64) throws {
    let company = try Company()
    let thief = try company.twin()
    try Company.record(2, at: company.branch)
    try company.branch.rotateKey()
    try Company.record(1, at: company.branch)
    try Company.record(4, at: thief)
    let witness = try Ledger.create(
      at: nil, site: "witness", invitation: try company.hub.invite("witness"),
      surroundings: company.hubClock.surroundings)
    var random = SplitMix64(seed: seed)
    var sources = [company.branch, thief, company.hub].shuffled(using: &random)
    sources += sources.shuffled(using: &random)
    for source in sources { _ = try? witness.receive(everythingFrom: source) }
    for _ in 0..<2 {
      for ledger in [company.branch, thief, witness] { _ = try? ledger.sync(with: company.hub) }
    }
    for ledger in [company.hub, witness, company.branch] {
      #expect(try Company.answers(at: ledger) == 3)
    }
    try expectSound(company.hub, witness)
  }
}
