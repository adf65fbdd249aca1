import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List events in canonical order.",
    discussion: """
      With --json each event is one CloudEvents 1.0 line, as ingest takes them. Texts are printed \
      only there. An event marked - counts nothing: its log is not enrolled, or its batch is void.
      """)

  @Option(help: "Only of this item: response/ID, ticket/ID, item:HEX or LOG/SEQ.")
  var subject: String?

  @Option(help: "The system whose id --subject is.")
  var source = SubjectArgument.defaultSource

  @Option(help: "Only of this kind, such as ticket-opened.")
  var kind: String?

  @Option(help: "Only recorded by this site.")
  var site: String?

  @Option(help: "Recorded from: a date or RFC 3339; inclusive.")
  var from: String?

  @Option(help: "Recorded to: a date or RFC 3339; exclusive.")
  var to: String?

  @Flag(help: "CloudEvents 1.0 lines.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let filter = try filter(ledger)
    try ledger.forEachEvent(filter) { event in
      try Output.print(json ? event.cloudEventLine() : Self.line(event))
    }
  }

  private func filter(_ ledger: Ledger) throws -> EventFilter {
    var filter = EventFilter(site: site)
    filter.kind = try kind.map(Record.kind(anyNamed:))
    filter.from = try from.map {
      try TimeArgument.instant($0, option: "--from", zone: nil, ledger)
    }
    filter.to = try to.map { try TimeArgument.instant($0, option: "--to", zone: nil, ledger) }
    filter.item = try subject.map { try SubjectArgument.item($0, source: source, ledger) }
    return filter
  }

  private static func line(_ event: ListedEvent) -> String {
    let time = RFC3339.text(event.recorded) ?? "\(event.recorded.microseconds) µs"
    let kind = event.kind?.rawValue ?? "(of a newer version)"
    let labels = event.labels.map { " \($0.key)=\($0.value)" }.joined()
    let line = "\(time) \(event.isCounted ? "+" : "-") \(event.site) \(kind) \(event.address)"
    return AlignedColumns.printable("\(line) item:\(event.item)\(labels)")
  }
}
