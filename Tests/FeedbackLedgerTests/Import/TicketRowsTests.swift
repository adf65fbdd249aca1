import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

@Suite struct TicketRowsTests {
  private static let log = """
    source: desk
    rows: ticketLog
    id: [ticket, step]
    occurred: {column: time, format: iso8601, zone: UTC}
    log:
      ticket: ticket
      state: state
      states: {Entered: new, Taken: replied, Wait: pending, Note: ignored, Done: resolved, Closed: closed}
    """

  private func kinds(_ states: String...) throws -> [[String]] {
    var rows = try ImportRows(
      ByteSource(
        "ticket,step,time,state\n"
          + states.enumerated().map { "t1,\($0),2026-03-01,\($1)\n" }.joined()),
      mapping: Mapping(yaml: Self.log))
    var kinds: [[String]] = []
    while let row = try rows.next() {
      guard case .drafts(let drafts) = row.outcome else { continue }
      kinds.append(drafts.map(\.kind))
    }
    return kinds
  }

  @Test func `a log tells changes, not states`() throws {
    #expect(
      try kinds("Entered", "Entered", "Taken", "Wait", "Wait", "Done", "Done", "Closed", "Closed")
        == [
          ["opened"], [], ["status", "replied"], ["status"], [], ["resolved"], [], ["closed"], [],
        ])
  }

  @Test func `an open state after a resolved or closed one reopens the ticket, once`() throws {
    #expect(
      try kinds("Done", "Note", "Wait", "Wait", "Done", "Closed", "Taken", "Closed") == [
        ["opened", "resolved"], [], ["reopened", "status"], [], ["resolved"], ["closed"],
        ["reopened", "status", "replied"], ["closed"],
      ])
  }

  @Test func `rows of other tickets may come between`() throws {
    let sample = try ImportSample(
      "ticket,step,time,state\na,1,2026-03-01,Done\nb,1,2026-03-01,Wait\na,2,2026-03-02,Wait\n",
      yaml: Self.log)
    #expect(sample.drafts.filter { $0.kind == "reopened" }.map(\.itemID) == ["a"])
    #expect(sample.drafts.filter { $0.kind == "opened" }.map(\.itemID) == ["a", "b"])
  }

  @Test func `as many tickets are kept in mind as may be, and rows of one more are rejected`()
    throws
  {
    let text = ["a,1", "b,1", "c,1", "a,2", "b,2", "c,2"].map { "\($0),2026-03-01,Wait\n" }
    let sample = try ImportSample(
      ByteSource("ticket,step,time,state\n" + text.joined()), mapping: Mapping(yaml: Self.log),
      trackedKeysMax: 2)
    #expect(sample.rejected.map(\.reason) == [.trackedKeysFull, .trackedKeysFull])
    #expect(sample.drafts.filter { $0.kind == "opened" }.map(\.itemID) == ["a", "b"])
  }

  @Test func `a rejected row leaves no trace in the ticket's standing`() throws {
    let sample = try ImportSample(
      "ticket,step,time,state\na,1,never,Done\na,2,2026-03-02,Strange\na,3,2026-03-02,Wait\n",
      yaml: Self.log)
    #expect(sample.drafts.map(\.kind) == ["opened", "status"])
    #expect(
      sample.rejected.map(\.reason) == [
        .time(.unreadable(format: "iso8601"), column: "time"), .cell(.codeUnknown, column: "state"),
      ])
  }

  @Test func `the parts of a row have names of their own`() throws {
    let sample = try ImportSample("ticket,step,time,state\na,1,2026-03-01,Taken\n", yaml: Self.log)
    let sources = sample.drafts.compactMap(\.source)
    #expect(sources.map(\.part) == ["opened", "status", "replied"])
    #expect(sources.map(\.externalID) == ["a", "a|1", "a|1"])
  }

  private static let snapshot = """
    source: desk
    rows: ticketSnapshot
    id: id
    revision: updated
    ticket:
      opened: {column: opened, format: iso8601, zone: UTC}
      firstReplied: {minutesAfterOpened: reply}
      resolved: {column: solved, format: iso8601, zone: UTC, none: ["1900-01-01 00:00:00"]}
      reopens: reopens
      status: {column: status, values: {Open: open, Solved: solved}}
    """

  private func snapshot(_ row: String) throws -> ImportSample {
    try ImportSample("id,updated,opened,reply,solved,reopens,status\n" + row, yaml: Self.snapshot)
  }

  private func body(_ sample: ImportSample) throws -> Scorebook_V1_TicketSnapshotImported {
    guard case .ticketSnapshotImported(let body) = sample.drafts.first?.body else {
      throw ImportRefusal.file(.empty)
    }
    return body
  }

  @Test func `a snapshot keeps the times it states and no others`() throws {
    let solved = try body(try snapshot("1,u,2026-03-01 10:00:00,90,2026-03-02 10:00:00,2,Solved\n"))
    #expect(solved.openedUs == 1_772_359_200_000_000)
    #expect(solved.firstRepliedUs == solved.openedUs + 90 * 60_000_000)
    #expect(solved.firstResolvedUs == 1_772_445_600_000_000)
    #expect(solved.lastResolvedUs == solved.firstResolvedUs)
    #expect(solved.reopens == 2)
    #expect(solved.status == .solved)
    #expect(!solved.daysOnly)
    let open = try body(try snapshot("1,u,2026-03-01 10:00:00,,1900-01-01 00:00:00,,Open\n"))
    #expect(!open.hasFirstRepliedUs && !open.hasFirstResolvedUs && !open.hasLastResolvedUs)
    #expect(open.reopens == 0)
  }

  @Test func `a snapshot of days says so`() throws {
    let sample = try snapshot("1,u,2026-03-01,,2026-03-01,,Solved\n")
    #expect(try body(sample).daysOnly)
    #expect(sample.drafts.first?.source?.revision == "u")
  }

  @Test func `a ticket resolved before it was opened is rejected`() throws {
    let sample = try snapshot("1,u,2026-03-02 10:00:00,,2026-03-01 10:00:00,,Solved\n")
    #expect(sample.rejected.map(\.reason) == [.time(.before(column: "opened"), column: "solved")])
  }

  @Test func `a ticket without an opening is rejected`() throws {
    #expect(
      try snapshot("1,u,,,,,Open\n").rejected.map(\.reason) == [.time(.missing, column: "opened")])
  }
}
