import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Define: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Publish the definition of a score: every site then reads it so.",
    discussion: """
      scorebook define nps-latest.yaml

      The file has the form that scorebook metrics METRIC prints: one key: value line for each \
      choice. Unit and polarity follow from the read-out and may be left out. A built-in id cannot \
      be taken; a changed definition needs a higher version. What was scored or published before \
      keeps the definition that was in force then.
      """)

  @Argument(help: "A YAML file; - for standard input.")
  var file: String

  @Flag(help: "Say what is wrong with the file, or print it in full; publish nothing.")
  var check = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let text = try InputFile.text(file, bytesMax: MetricDefinition.Limits.textBytesMax)
    do {
      if check {
        try Output.print(String(try MetricDefinition(text: text).description.dropLast()))
        return
      }
      let (address, definition, isNew) = try ledger.open().define(text)
      let verb = isNew ? "defined" : "defined already:"
      try Output.print("\(verb) \(definition.id) version \(definition.version) \(address)")
    } catch let refusal as DefinitionRefusal {
      throw FileFailure(path: file, cause: refusal)
    }
  }
}
