import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerCore

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import the rows of a file, as a mapping reads them.",
    discussion: """
      A row is taken whole or not at all, and one bad row stops none of the others. The same row \
      again is a duplicate and adds nothing; the same id with other content is a conflict. The \
      batch that is printed can be taken back: scorebook void BATCH.
      """)

  @Argument(help: "The file; - for standard input.")
  var file: String

  @Option(help: ArgumentHelp("How its rows become events, in YAML.", valueName: "mapping"))
  var map: String

  @Flag(help: "Check every row, record nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("The column that names the site of a row.", valueName: "column"))
  var siteColumn: String?

  @Option(help: ArgumentHelp("Write the rows that are not taken to a new file.", valueName: "file"))
  var rejects: String?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let mappingText = try InputFile.text(map, bytesMax: ImportLimits.mappingBytesMax)
    var mapping = try Mapping(yaml: mappingText)
    if let siteColumn { mapping.takeSite(fromColumn: siteColumn) }
    let source = try file == "-" ? ByteSource.standardInput : ByteSource(file: file)
    var rows = try ImportRows(source, mapping: mapping)
    var notes = ImportNotes(try rejects.map(RejectedRows.init), header: rows.header)
    let report = try ledger.importRows(
      &rows, mappingText: mappingText, isDryRun: dryRun
    ) { try notes.note($0, $1) }
    try notes.finish()
    try print(report)
    let refused = report.rejected + report.conflict
    guard refused == 0 else {
      throw CommandFailure.partlyRefused(refused, of: report.rows, what: "rows", isDry: dryRun)
    }
  }

  private func print(_ report: ImportReport) throws {
    try Output.print(
      """
      rows \(report.rows): accepted \(report.accepted), duplicate \(report.duplicate), \
      conflict \(report.conflict), rejected \(report.rejected), skipped \(report.skipped)
      events \(report.events)\(dryRun ? " (dry run: nothing was recorded)" : "")
      """)
    if let batch = report.batch { try Output.print("batch \(batch)") }
  }
}

/// Says what became of rows that were not taken, and keeps them.
private struct ImportNotes {
  /// More would hide the first ones; --rejects has them all.
  private static let shownMax = 50
  private let rejects: RejectedRows?
  private let header: [DelimitedRow]
  private var progress = ProgressLine()
  private var rows = 0
  private var refused = 0

  init(_ rejects: RejectedRows?, header: [DelimitedRow]) {
    self.rejects = rejects
    self.header = header
  }

  mutating func note(_ row: ImportedRow, _ result: RowResult) throws {
    rows += 1
    progress.show("\(rows) rows, \(refused) not taken")
    switch result {
    case .accepted, .duplicate, .skipped: return
    case .conflict:
      try refuse(row, "It is recorded already with other content; record a correction instead.")
    case .rejected(let reason): try refuse(row, reason)
    }
  }

  func finish() throws {
    var progress = progress
    progress.clear()
    if refused > Self.shownMax {
      Output.note("\(refused - Self.shownMax) further rows were not taken; --rejects keeps all.")
    }
    try rejects?.close()
  }

  private mutating func refuse(_ row: ImportedRow, _ reason: String) throws {
    if refused == 0 { try rejects?.write(header.map(\.raw)) }
    refused += 1
    try rejects?.write([row.row.raw])
    guard refused <= Self.shownMax else { return }
    progress.clear()
    Output.note("row \(row.number): \(reason)")
  }
}

/// The rows that were not taken, byte for byte: correct them and import the file again.
private struct RejectedRows {
  private let path: String
  private let handle: FileHandle

  init(_ path: String) throws {
    self.path = path
    handle = try OutputFile.create(path)
  }

  func write(_ rows: [some Collection<UInt8>]) throws {
    do {
      for row in rows {
        try handle.write(contentsOf: Data(row))
        if row.isEmpty || Array(row).last != UInt8(ascii: "\n") {
          try handle.write(contentsOf: Data([UInt8(ascii: "\n")]))
        }
      }
    } catch {
      throw FileFailure(path: path, cause: error)
    }
  }

  func close() throws {
    try handle.close()
  }
}
