import LedgerCore
import LedgerSchema
import TestSupport
import Testing

/// What an entry says first is taken out of it as decoding reads it, and put back as it was.
@Suite struct LeadingFieldsTests {
  @Test(arguments: Seeds.all)
  func `what is taken out of an event is what decoding gives`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let event = event(&random)
    let entry = try event.entryBytes()
    let (fields, rest) = LeadingFields.split(entry)
    #expect(fields.recorded ?? 0 == event.recordedUs)
    #expect(fields.lag ?? 0 == event.occurredLagUs)
    #expect(Int(fields.quality ?? 0) == event.timeQuality.rawValue)
    #expect(fields.item?.bytes ?? [] == ProtobufBytes.array(event.item))
    #expect(fields.customer?.bytes ?? [] == ProtobufBytes.array(event.customer))
    var others = event
    (others.recordedUs, others.occurredLagUs, others.timeQuality) = (0, 0, .exact)
    (others.item, others.customer) = (ProtobufBytes.data([UInt8]()), ProtobufBytes.data([UInt8]()))
    #expect(try Array(rest) == others.entryBytes())
    #expect(fields.joined(with: rest) == entry)
  }

  @Test(arguments: Seeds.all)
  func `whatever the bytes are, split and joined they are the same`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let entry = try event(&random).entryBytes()
    for _ in 0..<500 {
      var bytes = entry
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = .random(in: .min ... .max, using: &random)
      }
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
      }
      let (fields, rest) = LeadingFields.split(bytes)
      #expect(fields.joined(with: rest) == bytes)
    }
  }

  @Test(
    arguments: [
      // A number in more bytes than it needs, with bits that do not count, and without an end.
      [0x10, 0x80, 0x00], [0x10] + Array(repeating: 0xFF, count: 10), [0x10, 0x80],
      [0x10] + Array(repeating: 0x80, count: 9) + [0x01],
      [0x10] + Array(repeating: 0x80, count: 9) + [0x03],
      // Qualities that are not written.
      [0x18, 0x00], [0x18, 0x03], [0x18],
      // Names that are no names.
      [0x22, 0x0F] + Array(repeating: 7, count: 15), [0x2A, 0x10] + Array(repeating: 7, count: 15),
      // A time that is cut short, and no field at all.
      [0x09, 1, 2, 3, 4, 5, 6, 7], [0x00], [],
    ] as [[UInt8]])
  func `what is not as a program writes it stays where it is`(bytes: [UInt8]) {
    let (fields, rest) = LeadingFields.split(bytes)
    #expect(fields == LeadingFields())
    #expect(Array(rest) == bytes)
  }

  @Test func `from the first field on that is not as it should be, everything is rest`() {
    var whole = LeadingFields()
    whole.recorded = -1
    whole.lag = 0
    let entry = whole.joined(with: [0x18, 0x07, 0x22, 0x10] + Array(repeating: 1, count: 16))
    let (fields, rest) = LeadingFields.split(entry)
    #expect(fields == whole)
    #expect(rest.count == 20)
    // Twice the same field, and two in another order: the second is rest.
    #expect(LeadingFields.split([0x10, 2, 0x10, 4]).rest == [0x10, 4])
    #expect(LeadingFields.split([0x18, 1, 0x10, 4]).rest == [0x10, 4])
  }

  private func event(_ random: inout SplitMix64) -> Scorebook_V1_Event {
    var event = Scorebook_V1_Event()
    func sometimes() -> Bool { random.next() % 4 != 0 }
    if sometimes() { event.recordedUs = .random(in: .min ... .max, using: &random) }
    // A lag of ten bytes would stay where it is, with all that follows.
    if sometimes() {
      let lag = Int64.random(in: -(1 << 61)...(1 << 61), using: &random)
      event.occurredLagUs = lag >> (random.next() % 60)
    }
    if sometimes() {
      event.timeQuality = [.exact, .day, .unknown][Int(random.next() % 3)]
    }
    if sometimes() { event.item = ProtobufBytes.data(name(&random)) }
    if sometimes() { event.customer = ProtobufBytes.data(name(&random)) }
    if sometimes() { event.flags = ["test"] }
    event.surveyResponseSubmitted = Scorebook_V1_SurveyResponseSubmitted()
    return event
  }

  private func name(_ random: inout SplitMix64) -> [UInt8] {
    ItemID(high: random.next(), low: random.next()).bytes
  }
}
