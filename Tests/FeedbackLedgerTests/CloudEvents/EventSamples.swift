import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

/// Events with every field of the envelope set.
enum EventSamples {
  static let address = Address(log: LogID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC), seq: 42)
  static let item = ItemID(high: 1, low: 2)
  static let customer = CustomerID(high: 3, low: 4)
  static let cause = Address(log: LogID(high: 5, low: 6), seq: 7)

  /// 2026-04-03T02:00:05.000001Z
  static let recorded = Instant(microseconds: 1_775_181_605_000_001)

  static func event(_ kind: EventKind, json: String? = nil) throws -> Scorebook_V1_Event {
    let body = try json ?? #require(BodySamples.json[kind])
    var event = Scorebook_V1_Event()
    event.recordedUs = recorded.microseconds
    event.occurredLagUs = 5_000_001
    event.item = ProtobufBytes.data(item.bytes)
    event.customer = ProtobufBytes.data(customer.bytes)
    event.labels = [label("channel", "web"), label("site", "hn"), label("team", "β \"1\"\n")]
    event.flags = ["test", "staff"]
    event.actor.type = .agent
    event.actor.id = "a-3"
    event.origin = origin()
    event.causes = [Scorebook_V1_Address()]
    event.causes[0].log = ProtobufBytes.data(cause.log.bytes)
    event.causes[0].seq = cause.seq
    event.body = try CloudEventBody.body(of: kind, json: Array(body.utf8))
    return event
  }

  static func label(_ key: String, _ value: String) -> Scorebook_V1_Label {
    var label = Scorebook_V1_Label()
    label.key = key
    label.value = value
    return label
  }

  private static func origin() -> Scorebook_V1_Origin {
    var origin = Scorebook_V1_Origin()
    origin.source = "qualtrics"
    origin.key = ProtobufBytes.data([UInt8](repeating: 0xA1, count: 16))
    origin.revision = "2"
    origin.batch = ProtobufBytes.data([UInt8](repeating: 0xB2, count: 16))
    origin.recordedUs = recorded.microseconds - 1
    origin.content = ProtobufBytes.data([UInt8](repeating: 0xC3, count: 8))
    return origin
  }
}
