import LedgerCore

/// The attributes of a line that the ledger understands. Others are allowed, as CloudEvents demands, and not kept.
struct CloudEventEnvelope {
  let kind: EventKind
  let id: String
  let source: String
  let subject: CloudEventSubject?
  let occurrence: Occurrence?
  let recorded: Instant?
  /// The extension `site`: the site of the event where no label says it.
  let site: String?
  /// The extension `counted`; false for what is voided or pending in the ledger that wrote the line.
  let isCounted: Bool

  init(_ line: JSONObject) throws(CloudEventRefusal) {
    try Self.checkNames(line)
    try Self.checkVersion(line)
    id = try Self.required("id", in: line)
    source = try Self.required("source", in: line)
    let type = try Self.required("type", in: line)
    guard let kind = EventKind(name: type) else {
      throw .unknownType(String(type.prefix(CloudEventLimits.echoedCharactersMax)))
    }
    self.kind = kind
    subject = try line.string("subject").map { text throws(CloudEventRefusal) in
      try CloudEventSubject(text, of: kind)
    }
    recorded = try CloudEventTime.instant("recordedtime", in: line)
    occurrence = try CloudEventTime.occurrence(in: line, recorded: recorded)
    site = try line.string("site")
    isCounted = try Self.isCounted(line)
  }

  /// The site that an own ledger's `source` names: `urn:scorebook:site:<site>`. Nil for any other source.
  var siteOfSource: String? {
    guard source.hasPrefix(Self.siteSourcePrefix) else { return nil }
    return String(source.dropFirst(Self.siteSourcePrefix.count))
  }

  /// `urn:scorebook:site:`
  static let siteSourcePrefix = "urn:scorebook:site:"

  private static func required(
    _ name: String, in line: JSONObject
  ) throws(CloudEventRefusal) -> String {
    guard let value = try line.string(name), !value.isEmpty else { throw .missing(path: name) }
    return value
  }

  /// "CloudEvents attribute names MUST consist of lower-case letters or digits" (specification 1.0.2).
  private static func checkNames(_ line: JSONObject) throws(CloudEventRefusal) {
    guard !line.members.keys.allSatisfy(isAttributeName) else { return }
    let name = line.members.keys.filter { !isAttributeName($0) }.min() ?? ""
    throw .attributeName(String(name.prefix(CloudEventLimits.echoedCharactersMax)))
  }

  private static func isAttributeName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
  }

  private static func checkVersion(_ line: JSONObject) throws(CloudEventRefusal) {
    let version = try required("specversion", in: line)
    guard version == "1.0" else {
      throw .unexpected(version, at: "specversion", expected: "\"1.0\"")
    }
    guard let type = try line.string("datacontenttype") else { return }
    let mediaType = type.prefix { $0 != ";" }.lowercased()
    guard mediaType == "application/json" else {
      throw .unexpected(type, at: "datacontenttype", expected: "\"application/json\"")
    }
  }

  private static func isCounted(_ line: JSONObject) throws(CloudEventRefusal) -> Bool {
    guard let value = line["counted"] else { return true }
    guard let isCounted = value as? Bool, JSONText.typeName(of: value) == "a boolean" else {
      throw .wrongType(
        path: "counted", got: JSONText.typeName(of: value), expected: "true or false")
    }
    return isCounted
  }
}
