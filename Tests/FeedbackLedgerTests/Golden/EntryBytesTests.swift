import LedgerCore
import LedgerSchema
import SwiftProtobuf
import TestSupport
import Testing

/// Entries are encoded here, and not by SwiftProtobuf: so each is compared with what SwiftProtobuf makes of it.
@Suite struct EntryBytesTests {
  @Test(arguments: EventKind.allCases)
  func `an event of each kind has the bytes that SwiftProtobuf gives it`(kind: EventKind) throws {
    try expectSame(try EventSamples.event(kind))
  }

  /// Around the lengths whose own length grows by a byte, of a text and of the messages around it.
  @Test(arguments: [0, 1, 100, 120, 126, 127, 128, 129, 16_360, 16_383, 16_384, 16_385, 70_000])
  func `so has one with a text of any length`(length: Int) throws {
    let text = String(repeating: "x", count: length)
    var event = Scorebook_V1_Event()
    event.labels = [EventSamples.label("channel", text), EventSamples.label(text, "")]
    event.body = Bodies.response([Bodies.nps(7), answer(question: text)])
    event.item = ProtobufBytes.data(Array(text.utf8))
    try expectSame(event)
  }

  @Test(arguments: Seeds.all)
  func `so has one with any numbers`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      var event = Scorebook_V1_Event()
      event.recordedUs = .edge(using: &random)
      event.occurredLagUs = .edge(using: &random)
      event.timeQuality = .init(rawValue: Int(Int32.edge(using: &random))) ?? .unknown
      var answer = answer(question: "q")
      answer.scaleMin = .edge(using: &random)
      answer.scaleMax = .edge(using: &random)
      answer.value = .edge(using: &random)
      answer.weightMilli = .edge(using: &random)
      event.body = Bodies.response([answer])
      try expectSame(event)
      var points = Scorebook_V1_PointsReversed()
      points.points = .edge(using: &random)
      points.redemption = Bool.random(using: &random)
      event.body = .pointsReversed(points)
      try expectSame(event)
    }
  }

  @Test func `what a newer version added is kept where it was`() throws {
    var bytes: [UInt8] = try EventSamples.event(.ticketOpened).serializedBytes()
    // Field 1,000, a text.
    bytes += [0xC2, 0x3E, 0x02, 0x68, 0x69]
    let event = try Scorebook_V1_Event(serializedBytes: bytes)
    #expect(!event.unknownFields.data.isEmpty)
    try expectSame(event)
    #expect(try event.entryBytes() == bytes)
  }

  private func expectSame(_ event: Scorebook_V1_Event) throws {
    let expected: [UInt8] = try event.serializedBytes()
    #expect(try event.entryBytes() == expected)
  }

  private func answer(question: String) -> Scorebook_V1_Answer {
    Bodies.answer(question, 3, .csat, 1...5)
  }
}

extension FixedWidthInteger {
  /// A number of any length in bits, as often negative as not where it can be.
  fileprivate static func edge(using random: inout SplitMix64) -> Self {
    let number = Self.random(in: .min ... .max, using: &random)
    return number >> Self(Int.random(in: 0..<bitWidth, using: &random))
  }
}
