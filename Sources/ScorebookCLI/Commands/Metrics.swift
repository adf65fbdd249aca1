import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the definitions of scores, or print one as it is published.",
    discussion: """
      Of the ledger that --ledger or SCOREBOOK_LEDGER names; without one, those that are built in.
      """)

  @Argument(help: "One metric, to print its whole definition.")
  var metric: String?

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let known = try self.known()
    guard let metric else {
      try Output.print(
        json ? JSONValue.array(known.map(Self.value)).text : Self.table(known).text)
      return
    }
    guard let one = known.first(where: { $0.definition.id == metric }) else {
      throw LedgerError.unknownMetric(
        metric,
        suggestions: BuiltInMetrics.suggestions(
          for: metric, published: known.filter { $0.address != nil }.map(\.definition.id)))
    }
    try Output.print(
      json ? Self.value(one).text : String(one.definition.description.dropLast()))
  }

  private func known() throws -> [KnownDefinition] {
    do {
      return try ledger.open().definitions()
    } catch CommandFailure.ledgerNotNamed {
      return KnownDefinition.builtIn
    }
  }

  private static func table(_ known: [KnownDefinition]) -> AlignedColumns {
    var table = AlignedColumns([
      ("metric", .left), ("version", .right), ("title", .left), ("unit", .left),
      ("polarity", .left), ("from", .left),
    ])
    for one in known {
      let definition = one.definition
      table.add([
        definition.id, "\(definition.version)", definition.title, definition.unit.rawValue,
        definition.polarity.rawValue, one.site ?? "built in",
      ])
    }
    return table
  }

  private static func value(_ known: KnownDefinition) -> JSONValue {
    let definition = known.definition
    return .object([
      ("metric", .string(definition.id)), ("version", .integer(Int64(definition.version))),
      ("title", .string(definition.title)), ("unit", .string(definition.unit.rawValue)),
      ("polarity", .string(definition.polarity.rawValue)),
      ("dedupe", .string(definition.dedupe.rawValue)),
      ("minimumCount", .integer(definition.minimumCount)),
      ("definition", .string(definition.description)),
      ("publishedBy", .optional(known.site)), ("address", .optional(known.address?.description)),
    ])
  }
}
