import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

@Suite struct `Scenarios of erasure` {
  @Test func `scenario 20: who has not acknowledged is named, and those who have are clean`() throws
  {
    var company = try Company()
    let offline = try company.world.join(
      "offline branch", at: company.folder.path("offline.ledger"))
    let canary = "Ein Kanarienvogel im Bergwerk"
    let customer = EventDraft.Customer.identifier(namespace: "phone", value: "+49 30 1234")
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = customer
    draft.texts = [EventDraft.Text(field: .comment, text: canary)]
    _ = try company.branch.record([draft])
    _ = try company.branch.sync(with: company.hub)
    _ = try offline.sync(with: company.hub)
    let snapshot = company.folder.path("snapshot.ledger")
    let before = try StoreCounters(company.hub).kept()

    let report = try company.hub.erase([customer])
    #expect(report.waitingFor == ["branch", "offline branch"])
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.hub.sitesWaiting(for: report.address) == ["offline branch"])
    #expect(try !Traces(of: canary).found(inFilesBeside: company.folder.path("offline")).isEmpty)
    #expect(try company.hub.backup(to: snapshot).findings.isEmpty)
    for path in ["authority.ledger", "branch.ledger", "snapshot.ledger"] {
      #expect(try Traces(of: canary).found(inFilesBeside: company.folder.path(path)) == [])
    }
    expect(try StoreCounters(company.hub).kept(), equal: before, "numbers")

    _ = try offline.sync(with: company.hub)
    _ = try company.hub.sync(with: offline)
    #expect(try company.hub.sitesWaiting(for: report.address).isEmpty)
    #expect(try Traces(of: canary).found(inFilesBeside: company.folder.path("offline")) == [])
    // Nobody takes the person back, under any spelling of the number.
    var again = draft
    again.customer = .identifier(namespace: "phone", value: "+49-30-1234")
    #expect(try offline.record([again]) == [.erased])
    try expectSound(company.hub, company.branch, offline)
  }

  @Test func `nobody waits for a site that has ended: the hub would not answer it`() throws {
    let company = try Company()
    _ = try company.branch.sync(with: company.hub)
    let report = try company.hub.erase([.identifier(namespace: "phone", value: "+49 30 1234")])
    #expect(report.waitingFor == ["branch"])
    try company.hub.revoke("branch")
    #expect(try company.hub.sitesWaiting(for: report.address).isEmpty)
  }

  /// The repetition follows the erasure, so that obeying it afterwards would pass over what was copied.
  @Test func `scenario 20: a tail that is repeated after an erasure brings no text back`() throws {
    let company = try Company()
    let twin = try company.twin()
    let canary = "Noch ein Kanarienvogel"
    let customer = EventDraft.Customer.identifier(namespace: "phone", value: "+49 30 1234")
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = customer
    draft.texts = [EventDraft.Text(field: .comment, text: canary)]
    _ = try twin.record([draft])
    try Company.record(4, at: twin)
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.hub.erase([customer])
    let path = company.folder.path("erasure.bundle")
    _ = try company.hub.bundle(to: path)
    #expect(try twin.merge(bundle: path).successions.count == 1)
    #expect(try Traces(of: canary).found(inFilesBeside: company.folder.path("twin.ledger")) == [])
    #expect(try Company.answers(at: twin) == 5)
  }

  /// The acknowledgement is of its log, and not of its file.
  @Test func `scenario 20: a machine that was put back deletes what its log says it has deleted`()
    throws
  {
    let company = try Company()
    let customer = EventDraft.Customer.identifier(namespace: "email", value: "an@example.com")
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = customer
    draft.texts = [EventDraft.Text(field: .comment, text: "the queue was long")]
    _ = try company.branch.record([draft])
    _ = try company.branch.sync(with: company.hub)
    let twin = try company.twin()
    _ = try company.hub.erase([customer])
    _ = try company.branch.sync(with: company.hub)
    _ = try company.branch.sync(with: company.hub)
    // The line breaks when all has come and nothing of it was obeyed.
    var random = SplitMix64(seed: 20)
    let cutter = try BatchCutter(from: company.hub, to: twin, eventsMax: 9, using: &random)
    let receiver = try SyncReceiver(twin, session: cutter.session)
    for batch in cutter.batches { try receiver.receive(batch) }
    _ = try twin.sync(with: company.hub)
    for ledger in [company.hub, company.branch, twin] {
      #expect(try ledger.verify().texts == 0)
    }
    try expectSound(company.hub, company.branch, twin)
  }
}
