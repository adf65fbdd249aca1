import LedgerCore
import LedgerSchema

extension ExportedEvent {
  /// The `type` of an event that this program cannot read; `ingest` refuses it, for it could not count it.
  package static let unknownType = "org.scorebook.unknown.v1"

  /// The event as one CloudEvents 1.0 object (JSON, structured mode), without a line break. The same event always
  /// gives the same bytes.
  ///
  /// - Throws: SwiftProtobuf's own errors.
  package func cloudEventLine() throws -> String {
    var text = JSONText()
    text.open("{")
    text.member("specversion", "1.0")
    text.member("id", address.cloudEventID)
    text.member("source", CloudEventEnvelope.siteSourcePrefix + site)
    text.member("type", kind?.cloudEventType ?? Self.unknownType)
    text.member("subject", ifPresent: subject)
    writeTimes(to: &text)
    text.member("sequence", "\(address.seq)")
    text.member("causationid", ifPresent: causes.first)
    text.member("correlationid", ifPresent: correlation)
    text.member("partitionkey", ifPresent: customer?.description)
    text.member("datacontenttype", "application/json")
    text.member("dataclassification", isPersonal ? "confidential" : "internal")
    text.member("dataregulation", ifPresent: isPersonal ? "GDPR" : nil)
    if !isCounted {
      text.name("counted")
      text.value(json: "false".utf8)
    }
    try writeData(to: &text)
    text.close("}")
    return text.text
  }

  /// What a ledger says of itself is about no item.
  private var subject: String? {
    guard let kind, !kind.isLedgerInternal else { return nil }
    return CloudEventSubject.text(word: kind.itemWord, item: item)
  }

  var causes: [String] {
    event.causes.compactMap { cause in
      LogID(bytes: cause.log).map { Address(log: $0, seq: cause.seq).cloudEventID }
    }
  }

  /// What a flow is known by from end to end: the ticket that a response or a case is about.
  private var correlation: String? {
    if case .surveyResponseSubmitted(let response) = event.body {
      return ItemID(bytes: response.ticket).map { CloudEventSubject.text(word: "ticket", item: $0) }
    }
    if case .followUpCaseOpened(let opened) = event.body {
      return ItemID(bytes: opened.about).map { CloudEventSubject.itemPrefix + $0.description }
    }
    return nil
  }

  /// Pseudonyms are personal data for whoever holds the key.
  private var isPersonal: Bool {
    !event.customer.isEmpty || !event.detached.isEmpty || !texts.isEmpty
  }

  /// A time that RFC 3339 cannot write, which only a very wrong clock gives, is left out as not known.
  private func writeTimes(to text: inout JSONText) {
    let recorded = Instant(microseconds: event.recordedUs)
    let occurred = Instant(microseconds: event.recordedUs &- event.occurredLagUs)
    let time = event.timeQuality == .unknown ? nil : RFC3339.text(occurred)
    text.member("time", ifPresent: time)
    switch (event.timeQuality, time) {
    case (.exact, .some), (.UNRECOGNIZED, .some): break
    case (.day, .some): text.member("timequality", "day")
    case (_, nil), (.unknown, .some): text.member("timequality", "unknown")
    }
    text.member("recordedtime", ifPresent: RFC3339.text(recorded))
  }
}
