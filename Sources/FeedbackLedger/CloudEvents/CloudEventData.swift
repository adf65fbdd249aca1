import LedgerCore
import LedgerSchema

/// The `data` of a line: the body's own fields, and beside them what every event may have.
struct CloudEventData {
  let labels: [String: String]
  let customer: EventDraft.Customer?
  let flags: [String]
  let texts: [EventDraft.Text]
  let actor: Scorebook_V1_Actor?
  let origin: Scorebook_V1_Origin?
  let causes: [Address]
  let conflicts: [String]
  let body: Scorebook_V1_Event.OneOf_Body

  /// The members of `data` that are not the body's. No body has a field of these names; a test keeps it so.
  static let commonNames: Set<String> = [
    "labels", "customer", "flags", "texts", "comment", "actor", "origin", "causes", "conflicts",
  ]

  /// The flags that a source may set.
  static let flagNames: Set<String> = ["test", "staff", "duplicate", "spam", "excluded"]

  init(_ line: JSONObject, kind: EventKind) throws(CloudEventRefusal) {
    let data = try line.object("data") ?? JSONObject(members: [:], path: "data")
    labels = try Self.labels(data)
    customer = try Self.customer(data)
    flags = try Self.flags(data)
    texts = try Self.texts(data)
    actor = try Self.actor(data)
    origin = try data.object("origin").map(Self.origin)
    causes = try Self.causes(data)
    conflicts = try data.strings("conflicts")
    body = try CloudEventBody.body(of: kind, data, leavingOut: Self.commonNames)
  }

  private static func labels(_ data: JSONObject) throws(CloudEventRefusal) -> [String: String] {
    guard let object = try data.object("labels") else { return [:] }
    guard object.members.count <= CloudEventLimits.entriesMax else {
      throw .tooManyEntries(path: object.path, count: object.members.count)
    }
    var labels: [String: String] = [:]
    for (key, value) in object.members {
      guard !key.isEmpty else { throw .missing(path: "\(object.path).(the name of a label)") }
      labels[key] = try JSONObject.string(value, at: object.path(to: key))
    }
    return labels
  }

  private static func customer(
    _ data: JSONObject
  ) throws(CloudEventRefusal) -> EventDraft.Customer? {
    guard let value = data["customer"] else { return nil }
    let path = data.path(to: "customer")
    if let text = value as? String {
      // The refused text is not repeated: it may be an address that was put here by mistake.
      guard let customer = CustomerID(hexadecimal: text) else {
        throw .wrongType(
          path: path, got: "a string of another form",
          expected: "a pseudonym of 32 hexadecimal digits, or {\"namespace\", \"value\"}")
      }
      return .pseudonym(customer)
    }
    let object = try JSONObject(value, at: path)
    try object.allow(only: ["namespace", "value"])
    return .identifier(
      namespace: try required("namespace", in: object), value: try required("value", in: object))
  }

  private static func flags(_ data: JSONObject) throws(CloudEventRefusal) -> [String] {
    var flags: [String] = []
    for (value, path) in try data.list("flags") {
      let flag = try JSONObject.string(value, at: path)
      guard flagNames.contains(flag) else {
        throw .unexpected(
          flag, at: path, expected: "one of \(flagNames.sorted().joined(separator: ", "))")
      }
      flags.append(flag)
    }
    return flags
  }

  private static func texts(_ data: JSONObject) throws(CloudEventRefusal) -> [EventDraft.Text] {
    var texts: [EventDraft.Text] = []
    if let comment = try data.string("comment") {
      texts.append(EventDraft.Text(field: .comment, text: comment))
    }
    for (value, path) in try data.list("texts") {
      let object = try JSONObject(value, at: path)
      try object.allow(only: ["field", "name", "text"])
      let field = try required("field", in: object)
      guard let named = Scorebook_V1_Detached.Field.named[field] else {
        let names = Scorebook_V1_Detached.Field.named.keys.sorted().joined(separator: ", ")
        throw .unexpected(field, at: object.path(to: "field"), expected: "one of \(names)")
      }
      guard let text = try object.string("text") else { throw .missing(path: "\(path).text") }
      texts.append(
        EventDraft.Text(field: named, name: try object.string("name") ?? "", text: text))
    }
    return texts
  }

  static func required(
    _ name: String, in object: JSONObject
  ) throws(CloudEventRefusal) -> String {
    guard let value = try object.string(name), !value.isEmpty else {
      throw .missing(path: object.path(to: name))
    }
    return value
  }
}
