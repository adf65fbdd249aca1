import ArgumentParser
import FeedbackLedger
import Foundation

struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record CloudEvents 1.0 lines (JSON), a thousand in a transaction.",
    discussion: """
      One bad line stops none of the others. A line whose source and id are here already adds \
      nothing. What `log --json` prints can be ingested by another ledger.
      """)

  @Argument(help: "The file; - for standard input.")
  var file = "-"

  @OptionGroup var ledger: LedgerOption

  /// Lines of one transaction.
  private static let batchLines = 1_000

  func run() throws {
    let ledger = try ledger.open()
    var lines = LineReader(try file == "-" ? .standardInput : ByteSource(file: file))
    var report = IngestReport()
    var progress = ProgressLine()
    var number = 0
    while let batch = try lines.next(Self.batchLines) {
      let results = try ledger.ingest(batch, report: &report)
      for (offset, result) in results.enumerated() {
        guard let problem = Self.problem(result) else { continue }
        progress.clear()
        Output.note("line \(number + offset + 1): \(problem)")
      }
      number += batch.count
      progress.show("\(number) lines, \(report.recorded) recorded")
    }
    progress.clear()
    try finish(report)
  }

  private static func problem(_ result: LineResult) -> String? {
    switch result {
    case .recorded, .duplicate, .skipped: nil
    case .conflict:
      "Its source and id are recorded already with other content; send a correction instead."
    case .refused(let reason): reason
    }
  }

  private func finish(_ report: IngestReport) throws {
    try Output.print(
      """
      lines \(report.lines): recorded \(report.recorded), duplicate \(report.duplicate), \
      conflict \(report.conflict), refused \(report.refused), skipped \(report.skipped)
      """)
    let refused = report.refused + report.conflict
    guard refused == 0 else {
      throw CommandFailure.partlyRefused(refused, of: report.lines, what: "lines", isDry: false)
    }
  }
}
