import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: EventKind.allCases.filter { !$0.isLedgerInternal })
  func `what a fold needs of any kind survives an export and an ingest`(kind: EventKind) throws {
    let event = try EventSamples.event(kind)
    let texts = [
      EventDraft.Text(field: .comment, text: "Gut.\t\u{1}\\ \"so\" 👍"),
      EventDraft.Text(field: .answer, name: "why", text: ""),
    ]
    let line = try exported(event, texts: texts, conflicts: ["c-1"]).cloudEventLine()
    let read = try #require(CloudEventLine(line.utf8).draft)
    let draft = read.draft

    #expect(read.kind == kind)
    #expect(draft.body == event.body)
    #expect(draft.item == .known(EventSamples.item))
    #expect(draft.customer == .pseudonym(EventSamples.customer))
    #expect(draft.occurrence == .exact(Instant(microseconds: 1_775_181_600_000_000)))
    #expect(draft.labels == ["channel": "web", "site": "hn", "team": "β \"1\"\n"])
    #expect(draft.flags == event.flags)
    #expect(draft.actor == event.actor)
    #expect(draft.texts.map(\.text) == texts.map(\.text))
    #expect(draft.texts.map(\.name) == texts.map(\.name))
    #expect(draft.texts.map(\.field) == texts.map(\.field))
    #expect(draft.source?.system == "urn:scorebook:site:hcm")
    #expect(draft.source?.externalID == "0123456789abcdef000000000000fedc-42")
    #expect(draft.source?.recorded == EventSamples.recorded)
    #expect(draft.source?.conflicts == ["c-1"])
    #expect(read.origin == event.origin)
    #expect(read.causes == [EventSamples.cause])
  }

  @Test(arguments: EventKind.allCases.filter(\.isLedgerInternal))
  func `what a ledger says of itself is exported and skipped`(kind: EventKind) throws {
    let line = try exported(try EventSamples.event(kind)).cloudEventLine()
    guard case .ledgerInternal(kind) = try CloudEventLine(line.utf8) else {
      Issue.record("\(line) is not internal")
      return
    }
  }

  @Test func `what counts nothing is exported and skipped`() throws {
    var event = exported(try EventSamples.event(.pointsEarned))
    event.isCounted = false
    guard case .uncounted(.pointsEarned) = try CloudEventLine(event.cloudEventLine().utf8) else {
      Issue.record("the line is counted")
      return
    }
  }

  @Test(arguments: [Scorebook_V1_TimeQuality.exact, .day, .unknown])
  func `the quality of a time survives`(quality: Scorebook_V1_TimeQuality) throws {
    var event = try EventSamples.event(.ticketOpened)
    event.timeQuality = quality
    let instant = Instant(microseconds: 1_775_181_600_000_000)
    let expected: Occurrence =
      switch quality {
      case .exact: .exact(instant)
      case .day: .day(CivilDay(utcMidnight: instant.microseconds))
      case .unknown, .UNRECOGNIZED: .unknown
      }
    let line = try exported(event).cloudEventLine()
    #expect(try CloudEventLine(line.utf8).draft?.draft.occurrence == expected)
  }

  @Test func `an item that an event opens is named from then on`() throws {
    var event = try EventSamples.event(.ticketOpened)
    event.item = ProtobufBytes.data([])
    let line = try exported(event).cloudEventLine()
    let opened = ItemID(openedAt: EventSamples.address)
    #expect(try CloudEventLine(line.utf8).draft?.draft.item == .known(opened))
  }

  @Test func `the recording site becomes a label where none says the site`() throws {
    var event = try EventSamples.event(.ticketOpened)
    event.labels = [EventSamples.label("team", "t")]
    let line = try exported(event).cloudEventLine()
    #expect(try CloudEventLine(line.utf8).draft?.draft.labels == ["site": "hcm", "team": "t"])
  }

  @Test func `a time that cannot be written is unknown`() throws {
    var event = try EventSamples.event(.ticketOpened)
    event.recordedUs = .max
    event.occurredLagUs = 0
    let draft = try CloudEventLine(exported(event).cloudEventLine().utf8).draft?.draft
    #expect(draft?.occurrence == .unknown)
    #expect(draft?.source?.recorded == nil)
  }

  @Test func `an event of a newer program is refused by name`() throws {
    let line = try exported(Scorebook_V1_Event()).cloudEventLine()
    #expect(throws: CloudEventRefusal.unknownType(ExportedEvent.unknownType)) {
      try CloudEventLine(line.utf8)
    }
  }

  private func exported(
    _ event: Scorebook_V1_Event, texts: [EventDraft.Text] = [], conflicts: [String] = []
  ) -> ExportedEvent {
    ExportedEvent(event, at: EventSamples.address, site: "hcm", texts: texts, conflicts: conflicts)
  }
}
