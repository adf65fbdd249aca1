import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the definitions of scores, or print one as it is published.")

  @Argument(help: "One metric, to print its whole definition.")
  var metric: String?

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    if let metric {
      guard let definition = BuiltInMetrics.definition(metric) else {
        throw LedgerError.unknownMetric(
          metric, suggestions: BuiltInMetrics.suggestions(for: metric))
      }
      let text = json ? Self.value(definition).text : String(definition.description.dropLast())
      try Output.print(text)
    } else if json {
      try Output.print(JSONValue.array(BuiltInMetrics.all.map(Self.value)).text)
    } else {
      try Output.print(Self.table.text)
    }
  }

  private static var table: AlignedColumns {
    var table = AlignedColumns([
      ("metric", .left), ("title", .left), ("unit", .left), ("polarity", .left),
    ])
    for definition in BuiltInMetrics.all {
      table.add([
        definition.id, definition.title, definition.unit.rawValue, definition.polarity.rawValue,
      ])
    }
    return table
  }

  private static func value(_ definition: MetricDefinition) -> JSONValue {
    .object([
      ("metric", .string(definition.id)), ("version", .integer(Int64(definition.version))),
      ("title", .string(definition.title)), ("unit", .string(definition.unit.rawValue)),
      ("polarity", .string(definition.polarity.rawValue)),
      ("dedupe", .string(definition.dedupe.rawValue)),
      ("minimumCount", .integer(definition.minimumCount)),
      ("definition", .string(definition.description)),
    ])
  }
}
