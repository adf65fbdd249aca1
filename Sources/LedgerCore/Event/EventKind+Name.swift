extension EventKind {
  /// The CloudEvents `type`: `org.scorebook.<area>.<kind>.v1`, the kind in dots and without the area's name at its
  /// head: `org.scorebook.survey.response.submitted.v1`. A broker can so select an area by prefix.
  public var cloudEventType: String {
    Self.typePrefix + area.rawValue + "." + nameInArea + Self.typeSuffix
  }

  /// Nil unless the name is a `cloudEventType` or the short name, as they are written: case matters. O(1).
  public init?(name: String) {
    guard let kind = Self.named[name] else { return nil }
    self = kind
  }

  /// True for what a ledger says of itself: logs, membership, observation, import batches, publications. It is
  /// true of that ledger alone, so it is written to an export and has no place in another ledger.
  ///
  /// Calendars, definitions, the time zone, branches and erasures are not internal: scores depend on them.
  public var isLedgerInternal: Bool {
    switch area {
    case .survey, .ticket, .followUp, .loyalty, .revenue, .customer, .voice: false
    case .ledger: !Self.context.contains(self)
    }
  }

  /// The kinds of the ledger's own area that scores depend on in any ledger.
  private static let context: Set<EventKind> = [
    .timeZoneSet, .calendarRevised, .metricDefinitionPublished, .customerErasureRequested,
    .customerErased, .branchOpened, .branchRenamed, .branchRegrouped, .branchClosed,
  ]

  private static let typePrefix = "org.scorebook."
  private static let typeSuffix = ".v1"

  private static let named: [String: EventKind] = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { [($0.rawValue, $0), ($0.cloudEventType, $0)] })

  private var nameInArea: String {
    let prefix = area == .followUp ? "follow-up-" : area.rawValue + "-"
    let name = rawValue.hasPrefix(prefix) ? rawValue.dropFirst(prefix.count) : rawValue[...]
    return String(name.map { $0 == "-" ? "." : $0 })
  }
}
