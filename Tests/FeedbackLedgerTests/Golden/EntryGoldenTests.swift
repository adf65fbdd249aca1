import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import SwiftProtobuf
import Testing

/// The bytes of an entry of every kind, as they were when this format began: field numbers, types and order. Every
/// proof and every signature is over such bytes, so none of them may ever read or write differently.
@Suite struct EntryGoldenTests {
  private static let file = "entries.txt"

  @Test(.enabled(if: Fixtures.areMadeAgain, "SCOREBOOK_MAKE_FIXTURES=1 makes them again."))
  func `make the entries again`() throws {
    let head = ["# One entry of every kind: its short name and its bytes in base64."]
    try Fixtures.write(
      head + EventKind.allCases.map { "\($0.rawValue) \(try Self.entry($0).base64)" }
        + ["sealed \(try Self.sealed().base64)"], to: Self.file)
  }

  @Test func `every kind has its entry`() throws {
    #expect(try Set(Self.golden().keys) == Set(EventKind.allCases.map(\.rawValue) + ["sealed"]))
  }

  @Test(arguments: EventKind.allCases)
  func `an entry of each kind is what it was, and reads as what it was`(kind: EventKind) throws {
    let golden = try #require(try Self.golden()[kind.rawValue])
    let event = try EventSamples.event(kind)
    #expect(try Self.entry(kind) == golden)
    let read = try Scorebook_V1_Event(serializedBytes: golden)
    #expect(read == event)
    #expect(read.body.map { EventKind($0) } == kind)
    // Nothing of it was kept as a field that this version does not know.
    #expect(read.unknownFields.data.isEmpty)
    let again: [UInt8] = try read.serializedBytes()
    #expect(again == golden)
  }

  /// Pseudonyms, import keys and commitments are made by hashing: they are format too.
  @Test func `identifiers and texts are sealed as they were`() throws {
    #expect(try Self.sealed() == Self.golden()["sealed"])
  }

  private static func golden() throws -> [String: [UInt8]] {
    var entries: [String: [UInt8]] = [:]
    for line in try Fixtures.lines(file) {
      let parts = line.split(separator: " ", maxSplits: 1)
      let bytes = try #require(parts.last.flatMap { Data(base64Encoded: String($0)) })
      entries[String(parts[0])] = Array(bytes)
    }
    return entries
  }

  private static func entry(_ kind: EventKind) throws -> [UInt8] {
    try EventSamples.event(kind).entryBytes()
  }

  private static func sealed() throws -> [UInt8] {
    var draft = EventDraft(
      .ticketOpened(.init()), item: .external(kind: "ticket", source: "desk", id: "T-1"),
      occurrence: .exact(Instant(microseconds: EventSamples.recorded.microseconds - 9_000_001)))
    draft.customer = .identifier(namespace: "email", value: " Ann@Example.org ")
    draft.labels = ["team": "night", "channel": "phone"]
    draft.source = EventDraft.Source(system: "desk", externalID: "T-1", content: "row 1")
    draft.texts = [
      EventDraft.Text(field: .comment, text: "Slow, but kind. 👍"),
      EventDraft.Text(field: .answer, name: "why", text: ""),
    ]
    var sealer = DraftSealer(
      pseudonyms: Pseudonyms(key: Array(0..<32)), site: "hq", zone: .utc,
      randomBytes: { count in (0..<count).map { UInt8($0) } })
    return try sealer.seal(draft, recorded: EventSamples.recorded).entry.bytes
  }
}

extension [UInt8] {
  fileprivate var base64: String { Data(self).base64EncodedString() }
}
