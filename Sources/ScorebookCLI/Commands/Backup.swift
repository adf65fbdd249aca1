import ArgumentParser
import FeedbackLedger
import Foundation

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a verified copy of the ledger into a file.",
    discussion: """
      The copy is of one moment, also while others record. It is opened and verified before it gets \
      its name; "done" means that it can be restored. Restored, it goes on in a new log. It holds the \
      site's key: keep it as private as the ledger.
      """)

  @Argument(help: "Where the backup goes; nothing may be there yet.")
  var out: String

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let report = try backup(of: try ledger.open())
    for finding in report.findings { Output.note(finding.sentence) }
    guard report.findings.isEmpty else {
      throw CommandFailure.damageFound(report.findings.count)
    }
    try Output.print(
      """
      \(out): \(report.entries) entries of \(report.logs) logs, \(report.texts) texts, verified
      done
      """)
  }

  private func backup(of ledger: Ledger) throws -> VerificationReport {
    do {
      return try ledger.backup(to: out)
    } catch {
      throw FileFailure(path: out, cause: error)
    }
  }
}
