import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Heads: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print how far each log is held, and its root.",
    discussion: """
      With --json: what `bundle --for` and `--at clock:FILE` take. Two ledgers that print the same \
      digest hold the same events.
      """)

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let rows = try ledger.heads()
    let digest = Digest256(of: rows.map(\.head))
    guard !json else {
      let heads = rows.map { row in
        JSONValue.object([
          ("log", .string(row.head.log.description)), ("size", .count(row.head.size)),
          ("root", .string(row.head.root.description)), ("site", .string(row.site)),
          ("counted", .count(row.counted)),
        ])
      }
      let document = JSONValue.object([
        ("ledger", .string(ledger.ledgerID.description)), ("site", .string(ledger.site)),
        ("digest", .string(digest.description)), ("heads", .array(heads)),
      ])
      return try Output.print(document.text)
    }
    var table = AlignedColumns([
      ("log", .left), ("site", .left), ("size", .right), ("counted", .right), ("root", .left),
    ])
    for row in rows {
      table.add([
        row.head.log.description, row.site, "\(row.head.size)", "\(row.counted)",
        row.head.root.short,
      ])
    }
    try Output.print("\(table.text)\n\ndigest \(digest.short)")
  }
}
