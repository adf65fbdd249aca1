import LedgerCore
import LedgerSchema

extension CloudEventData {
  static let actorTypes: [String: Scorebook_V1_Actor.TypeEnum] = [
    "customer": .customer, "agent": .agent, "system": .system, "import": .import,
  ]

  static func actor(_ data: JSONObject) throws(CloudEventRefusal) -> Scorebook_V1_Actor? {
    guard let object = try data.object("actor") else { return nil }
    try object.allow(only: ["type", "id"])
    var actor = Scorebook_V1_Actor()
    if let name = try object.string("type") {
      guard let type = actorTypes[name] else {
        throw .unexpected(
          name, at: object.path(to: "type"),
          expected: "one of \(actorTypes.keys.sorted().joined(separator: ", "))")
      }
      actor.type = type
    }
    actor.id = try object.string("id") ?? ""
    return actor
  }

  static func origin(_ object: JSONObject) throws(CloudEventRefusal) -> Scorebook_V1_Origin {
    try object.allow(only: ["source", "key", "revision", "batch", "recordedtime", "content"])
    var origin = Scorebook_V1_Origin()
    origin.source = try object.string("source") ?? ""
    origin.key = ProtobufBytes.data(try bytes("key", in: object))
    origin.revision = try object.string("revision") ?? ""
    origin.batch = ProtobufBytes.data(try bytes("batch", in: object))
    origin.content = ProtobufBytes.data(try bytes("content", in: object))
    origin.recordedUs =
      try CloudEventTime.instant("recordedtime", in: object)?.microseconds ?? 0
    return origin
  }

  /// `<log>-<seq>`, as lines name the events of a ledger.
  static func causes(_ data: JSONObject) throws(CloudEventRefusal) -> [Address] {
    var causes: [Address] = []
    for (value, path) in try data.list("causes") {
      let text = try JSONObject.string(value, at: path)
      guard let address = Address(cloudEventID: text) else {
        throw .unexpected(text, at: path, expected: "<log of 32 hexadecimal digits>-<seq>")
      }
      causes.append(address)
    }
    return causes
  }

  private static func bytes(
    _ name: String, in object: JSONObject
  ) throws(CloudEventRefusal) -> [UInt8] {
    guard let text = try object.string(name) else { return [] }
    guard let bytes = [UInt8](hexadecimal: text) else {
      throw .unexpected(text, at: object.path(to: name), expected: "hexadecimal digits, two a byte")
    }
    return bytes
  }
}

extension Address {
  /// The `id` of an event in a ledger's own lines: `<log>-<seq>`, the seq in decimal.
  var cloudEventID: String { "\(log)-\(seq)" }

  /// Nil unless the text has the form of `cloudEventID`.
  init?(cloudEventID text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.init("\(parts[0])/\(parts[1])")
  }
}
