import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// The authority is lost, or its key was stolen: another ledger decides, by the word of whoever has the recovery key.
@Suite("Recovery") struct RecoveryTests {
  private var company: Company
  private let shop: Ledger

  init() throws {
    company = try Company()
    shop = try company.world.join("shop")
    try Company.record(2, at: company.hub)
    try Company.record(3, at: company.branch)
    try Company.record(4, at: shop)
    for ledger in [company.branch, shop, company.branch, shop] {
      _ = try ledger.sync(with: company.hub)
    }
  }

  @Test func `a branch decides when the authority is lost, and what counted still counts`() throws {
    let (old, branch) = (company.hub.log, company.branch)
    let size = try #require(try branch.heads().first { $0.head.log == old }?.head.size)
    let before = try branch.store.read { $1.clock }
    // What is not held may be the thief's.
    #expect(throws: LedgerError.revokesBeyond(old, end: size)) {
      try branch.recover(with: World.recoveryKey, after: size + 1)
    }
    let ended = try branch.recover(with: World.recoveryKey)
    #expect(ended == [Address(log: old, seq: size)])
    let kiosk = try join("kiosk", invitedBy: branch)
    try Company.record(5, at: kiosk)
    // In one batch: who decides now, and whom it has invited.
    for _ in 0..<2 { _ = try kiosk.sync(with: branch) }
    let told = try shop.sync(with: branch)
    #expect(told.here.refusals.isEmpty && told.there.refusals.isEmpty)
    for ledger in [branch, shop, kiosk] {
      #expect(try Company.answers(at: ledger) == 14)
      #expect(try ledger.applicants().isEmpty)
      #expect(try ledger.store.read { $1.membership?.isInOffice(branch.log) } == true)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    try branch.retire("shop")
    _ = try kiosk.sync(with: branch)
    #expect(try kiosk.sites().first { $0.site == "shop" }?.standing == .retired)
    #expect(try kiosk.answer("nps", at: .clock(before)) == ["9 100.0"])
    try expectSamePrefixes(branch)
    try expectAnyOrder(branch)
    try expectSound(branch, shop, kiosk)
  }

  @Test func `the new authority says whom texts are withheld from, whatever the old one said last`()
    throws
  {
    let branch = company.branch
    try company.hub.withholdTexts(from: "shop")
    try company.hub.endWithholdingTexts(from: "shop")
    _ = try branch.sync(with: company.hub)
    try branch.recover(with: World.recoveryKey)
    #expect(try branch.sites().filter(\.isWithoutText).map(\.site) == [])
    try branch.withholdTexts(from: "shop")
    for ledger in [company.hub, shop] {
      _ = try ledger.sync(with: branch)
      #expect(try ledger.sites().filter(\.isWithoutText).map(\.site) == ["shop"])
    }
    try branch.endWithholdingTexts(from: "shop")
    #expect(try branch.sites().filter(\.isWithoutText).map(\.site) == [])
    try expectSound(branch)
  }

  @Test func `a newcomer takes whom the old authority invited and whom the new one did`() throws {
    let branch = company.branch
    try branch.recover(with: World.recoveryKey)
    for name in ["kiosk", "van"] {
      let newcomer = try join(name, invitedBy: branch)
      let report = try newcomer.sync(with: branch)
      #expect(report.here.refusals.isEmpty && report.there.refusals.isEmpty)
      _ = try newcomer.sync(with: branch)
      #expect(try Company.answers(at: newcomer) == 9)
    }
    // Whose invitation is older than all that.
    let late = try Ledger.create(
      at: nil, site: "late", invitation: try company.hub.invite("late"),
      surroundings: company.branchClock.surroundings)
    let report = try late.sync(with: branch)
    #expect(report.here.refusals.isEmpty && report.there.refusals.isEmpty)
    // Nobody can tell it from one that the old key signed afterwards.
    #expect(try branch.applicants().map(\.standing) == [.needsApproval])
  }

  @Test(arguments: Seeds.all)
  func `what a stolen authority says counts nowhere, in whatever order it comes`(seed: UInt64)
    throws
  {
    let (thief, branch) = (company.hub, company.branch)
    try thief.store.checkpoint()
    try company.folder.copy("authority.ledger", to: "copy.ledger")
    try branch.recover(with: World.recoveryKey)
    try Company.record(1, at: branch)
    let copy = try Ledger.open(
      at: company.folder.path("copy.ledger"), surroundings: company.hubClock.surroundings)
    let moles = try [thief, copy].map { try join("mole", invitedBy: $0) }
    for (mole, inviter) in zip(moles, [thief, copy]) {
      try Company.record(6, at: mole)
      _ = try mole.sync(with: inviter)
      try inviter.revoke("shop")
      try Company.record(7, at: inviter)
    }
    let witness = try join("witness", invitedBy: branch)
    var random = SplitMix64(seed: seed)
    var sources = ([thief, copy, branch, shop] + moles).shuffled(using: &random)
    sources += sources.shuffled(using: &random)
    for source in sources { _ = try? witness.receive(everythingFrom: source) }
    for _ in 0..<2 {
      for ledger in [thief, copy, shop, witness] { _ = try? ledger.sync(with: branch) }
    }
    for ledger in [branch, shop, witness, thief, copy] {
      let answers = try Company.answers(at: ledger)
      #expect(answers == 10, "\(ledger.site)")
      let standing = try ledger.sites().first { $0.site == "shop" }?.standing
      #expect(standing == .ok, "\(ledger.site)")
    }
    #expect(throws: LedgerError.notAuthority(site: "head office")) { try thief.invite("another") }
    try branch.revoke("head office")
    #expect(try !branch.answers(thief.log))
    try expectSamePrefixes(branch)
    try expectSound(branch, shop, witness)
  }

  @Test func `a thief that gives up the stolen key takes nothing back`() throws {
    let (thief, branch) = (company.hub, company.branch)
    try branch.recover(with: World.recoveryKey)
    try thief.rotateKey()
    for _ in 0..<2 { _ = try? thief.sync(with: branch) }
    _ = try shop.sync(with: branch)
    for ledger in [branch, shop] {
      #expect(try Company.answers(at: ledger) == 9)
      #expect(try ledger.store.read { $1.membership?.isInOffice(thief.log) } == false)
    }
    try expectSamePrefixes(branch)
    try expectSound(branch, shop)
  }

  @Test func `a thief that uses the id of an older invitation waits for a person`() throws {
    let (thief, branch) = (company.hub, company.branch)
    let genuine = try thief.invite("berlin")
    _ = try branch.sync(with: thief)
    try branch.recover(with: World.recoveryKey)
    var forged = genuine.message
    let seed = [UInt8](repeating: 7, count: 32)
    forged.secret = ProtobufBytes.data(seed)
    forged.invitation.site = "mole"
    forged.invitation.publicKey = ProtobufBytes.data(try Self.signer(seed).publicKey)
    let id = try #require(ItemID(bytes: forged.invitation.id))
    let certified = SigningPayload.invitation(
      ledger: thief.ledgerID, id: id, site: "mole",
      invitationKey: ProtobufBytes.array(forged.invitation.publicKey))
    forged.invitation.authoritySignature = ProtobufBytes.data(
      try Self.signer(thief.identity.logKey).signature(of: certified))
    let (mole, berlin) = (
      try join(with: try InvitationFile(forged)), try join(with: genuine)
    )
    for ledger in [mole, berlin] {
      try Company.record(1, at: ledger)
      _ = try ledger.sync(with: branch)
    }
    #expect(try Company.answers(at: branch) == 10)
    #expect(try branch.applicants().map(\.site) == ["mole"])
    try expectSound(branch, berlin)
  }

  @Test func `what the old authority says of the new one is not its to say`() throws {
    let (thief, branch) = (company.hub, company.branch)
    try thief.revoke("branch", after: 1)
    _ = try branch.sync(with: thief)
    #expect(try Company.answers(at: branch) == 6)
    try branch.recover(with: World.recoveryKey)
    _ = try shop.sync(with: branch)
    for ledger in [branch, shop] {
      #expect(try Company.answers(at: ledger) == 9)
      #expect(try ledger.answers(branch.log))
    }
    try expectSamePrefixes(branch)
    try expectSound(branch, shop)
  }

  @Test func `of two recoveries at once both hold, and each ends what the other had not heard of`()
    throws
  {
    let branch = company.branch
    try company.hub.store.checkpoint()
    try company.folder.copy("authority.ledger", to: "copy.ledger")
    try branch.recover(with: World.recoveryKey)
    // It reaches the shop, which has not heard of it.
    let copy = try Ledger.open(
      at: company.folder.path("copy.ledger"), surroundings: company.hubClock.surroundings)
    try Company.record(7, at: copy)
    _ = try copy.sync(with: shop)
    #expect(try Company.answers(at: shop) == 16)
    try shop.recover(with: World.recoveryKey)
    for _ in 0..<2 { _ = try shop.sync(with: branch) }
    for ledger in [branch, shop] {
      #expect(try Company.answers(at: ledger) == 9)
      #expect(try ledger.store.read { $1.membership?.isInOffice(branch.log) } == true)
      #expect(try ledger.store.read { $1.membership?.isInOffice(shop.log) } == true)
      try expectSamePrefixes(ledger)
    }
    try expectAnyOrder(branch)
    try expectSound(branch, shop)
  }

  @Test func `a tail of the old authority is adopted up to its end, and no further`() throws {
    let (thief, branch) = (company.hub, company.branch)
    let twin = try Twin.of(
      thief, named: "image.ledger", in: company.folder,
      surroundings: company.hubClock.surroundings)
    try Company.record(5, at: thief)
    _ = try branch.sync(with: thief)
    let end = try #require(try branch.recover(with: World.recoveryKey).first)
    let head = try #require(try branch.heads().first { $0.head.log == thief.log }?.head)
    try thief.revoke("shop")
    try Company.record(7, at: thief)
    let beyond = try #require(try thief.heads().first { $0.head.log == thief.log }?.head)
    _ = try branch.receive(everythingFrom: thief)
    #expect(try Company.answers(at: branch) == 14)
    // Who has the key can prove that the log forked, below what was named.
    try Company.record(1, at: twin)
    for _ in 0..<2 { _ = try twin.sync(with: branch) }
    #expect(try Company.answers(at: branch) < 14)
    #expect(throws: LedgerError.adoptsBeyond(thief.log, end: end.seq)) {
      try branch.adopt(thief.log, size: beyond.size, rootPrefix: beyond.root.description)
    }
    _ = try branch.adopt(thief.log, size: head.size, rootPrefix: head.root.description)
    #expect(try Company.answers(at: branch) == 14)
    #expect(try branch.sites().first { $0.site == "shop" }?.standing == .ok)
    try expectAnyOrder(branch)
    try expectSound(branch)
  }

  @Test func `what was decided after a named entry is undone`() throws {
    let (thief, branch) = (company.hub, company.branch)
    let size = try #require(try thief.heads().first { $0.head.log == thief.log }?.head.size)
    try thief.revoke("shop", after: 1)
    try Company.record(3, at: thief)
    _ = try branch.sync(with: thief)
    #expect(try Company.answers(at: branch) == 8)
    try branch.recover(with: World.recoveryKey, after: size)
    #expect(try Company.answers(at: branch) == 9)
    try expectSamePrefixes(branch)
    try expectSound(branch)
  }

  @Test func `a second recovery puts a third ledger in the second one's place`() throws {
    try company.branch.recover(with: World.recoveryKey)
    _ = try shop.sync(with: company.branch)
    let ended = try shop.recover(with: World.recoveryKey)
    #expect(Set(ended.map(\.log)) == [company.hub.log, company.branch.log])
    _ = try company.branch.sync(with: shop)
    #expect(throws: LedgerError.notAuthority(site: "branch")) { try company.branch.invite("x") }
    #expect(throws: LedgerError.wasReplaced("branch")) {
      try company.branch.recover(with: World.recoveryKey)
    }
    #expect(throws: LedgerError.inOffice("shop")) { try shop.recover(with: World.recoveryKey) }
    for ledger in [shop, company.branch] { #expect(try Company.answers(at: ledger) == 9) }
    try expectSound(shop, company.branch)
  }

  @Test func `another key is refused, and an event that it signs changes nothing`() throws {
    let (branch, key) = (company.branch, RecoveryKey())
    #expect(throws: LedgerError.self) { try branch.recover(with: key) }
    let other = try Ledger.create(at: nil, site: "other")
    #expect(throws: LedgerError.self) { try other.recover(with: key) }
    let replacement = AuthorityReplacement(
      log: branch.log, publicKey: try branch.identity.publicKey(),
      ended: [Address(log: company.hub.log, seq: 1)])
    let payload = replacement.payload(ledger: branch.ledgerID)
    for signature in [try key.signature(of: payload), [], [UInt8](repeating: 0, count: 64)] {
      _ = try branch.withRecorder {
        try $0.append(.authorityReplaced(replacement.message(signature: signature)))
      }
    }
    // The right signature, of other words.
    var forged = replacement.message(
      signature: try World.recoveryKey.signature(of: payload))
    forged.ended[0].seq = 0
    _ = try branch.withRecorder { try $0.append(.authorityReplaced(forged)) }
    _ = try shop.sync(with: branch)
    for ledger in [branch, shop] {
      #expect(try Company.answers(at: ledger) == 9)
      #expect(try ledger.store.read { $1.membership?.isInOffice(branch.log) } == false)
    }
    try expectSound(branch, shop)
  }

  @Test func `a key that was written down is read again, and a slip of the pen is told`() throws {
    let key = RecoveryKey()
    let text = key.text
    #expect(text.split(separator: "-").map(\.count) == [Int](repeating: 4, count: 14))
    let sloppy = " " + text.lowercased().replacing("0", with: "o").replacing("1", with: "l") + "\n"
    for same in [text, sloppy, text.replacing("-", with: " ")] {
      #expect(try RecoveryKey(text: same).text == text)
    }
    for place in text.indices where text[place] != "-" {
      var slip = text
      slip.replaceSubrange(place...place, with: text[place] == "7" ? "8" : "7")
      #expect(throws: LedgerError.self) { try RecoveryKey(text: slip) }
    }
    for wrong in ["", "ABCD", text + "0", String(text.dropLast()), text.replacing("-", with: "!")] {
      #expect(throws: LedgerError.self) { try RecoveryKey(text: wrong) }
    }
  }

  /// Any Ed25519 key signs.
  private static func signer(_ seed: [UInt8]) -> RecoveryKey {
    RecoveryKey(Surroundings(now: { WallClock.start }, randomBytes: { _ in seed }))
  }

  private func join(_ site: String, invitedBy ledger: Ledger) throws -> Ledger {
    try join(with: try ledger.invite(site))
  }

  private func join(with invitation: InvitationFile) throws -> Ledger {
    try Ledger.create(
      at: nil, site: invitation.site, invitation: invitation,
      surroundings: company.branchClock.surroundings)
  }
}
