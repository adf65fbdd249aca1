import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record one event; it is durable before its address is printed.",
    discussion: """
      scorebook record survey-response-submitted --answer nps=9 --label channel=phone
      scorebook record ticket-opened --subject ticket/4711 --time 2026-03-01T09:00:00+07:00
      scorebook record ticket-resolved --subject ticket/4711
      scorebook record survey-response-retracted --subject LOG/SEQ --reason test
      scorebook record points-earned --subject account/88 --points 120

      An ID names the same item at every site of the ledger; --source keeps the ids of another \
      system apart, such as that of an import. Without --subject the event opens an item of its \
      own, which its printed address names.

      Kinds: \(kinds).
      """)

  @Argument(help: "What happened, such as survey-response-submitted.")
  var kind: String

  @OptionGroup var draft: DraftOptions

  @Flag(help: "Print address and item as JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let kind = try Self.kind(named: kind)
    let event = try draft.draft(of: kind)
    let ledger = try ledger.open()
    for outcome in try ledger.record([event]) {
      guard case .recorded(let address) = outcome else {
        throw CommandFailure.notRecorded(outcome)
      }
      try print(address)
    }
  }

  private func print(_ address: Address) throws {
    guard json else { return try Output.print(address.description) }
    // What the event is about: the item it names, else the one it opens.
    let item = draft.subject == nil ? JSONValue.string("item:\(ItemID(openedAt: address))") : .null
    try Output.print(
      JSONValue.object([("address", .string(address.description)), ("opened", item)]).text)
  }

  /// - Throws: `DraftFault.unknownKind`, `.kindIsInternal`.
  private static func kind(named name: String) throws -> EventKind {
    guard let kind = EventKind(name: name) else {
      throw DraftFault.unknownKind(name, suggestions: suggestions(for: name))
    }
    guard !kind.isLedgerInternal else { throw DraftFault.kindIsInternal(kind) }
    return kind
  }

  /// At most three kinds that share most of their words with the name.
  private static func suggestions(for name: String) -> [String] {
    let words = Set(name.lowercased().split { !$0.isLetter })
    let near = EventKind.allCases.filter { !$0.isLedgerInternal }.map { kind in
      (kind.rawValue, Set(kind.rawValue.split(separator: "-")).intersection(words).count)
    }
    return near.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(3).map(\.0)
  }

  private static let kinds = EventKind.allCases.filter { !$0.isLedgerInternal }.map(\.rawValue)
    .joined(separator: ", ")
}
