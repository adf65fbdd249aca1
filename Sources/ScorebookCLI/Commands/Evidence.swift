import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerCore

struct Evidence: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show, write down or check the proof that two machines wrote to one log.",
    discussion: """
      A log that forked counts up to where its branches part, and the proof of it is kept in the \
      ledger. -o writes it to a file that stands by itself: whoever has it checks it with --check, \
      without any ledger.
      """)

  @Argument(help: ArgumentHelp("Only this log.", valueName: "log"))
  var log: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write it to a new file.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Check a file instead; - for standard input.", valueName: "file"))
  var check: String?

  @Flag(help: "As JSON, one a line.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    if let check { return try checkFile(check) }
    let id = try log.map { try LogArgument.log($0, option: "LOG") }
    let found = try ledger.open().evidence(of: id)
    guard let output else {
      if found.isEmpty, !json { return try Output.print("no log here is proven to have forked") }
      for file in found {
        try json ? Output.print(file.record.text) : Output.print(file.text)
      }
      return
    }
    guard let only = found.first, found.count == 1 else {
      throw CommandFailure.notOneFork(found.map(\.log))
    }
    try OutputFile.write(output) { try only.data }
    try Output.print("\(output): check it anywhere with scorebook evidence --check \(output)")
  }

  private func checkFile(_ path: String) throws {
    if output != nil { throw ArgumentFault.together("--check", "--output") }
    do {
      let file = try EvidenceFile(
        checking: try InputFile.data(path, bytesMax: HandoverLimits.evidenceBytesMax))
      try Output.print(
        json
          ? file.record.text : "The proof holds; the site's name is not part of it.\n" + file.text)
    } catch let refusal as EvidenceRefusal {
      throw FileFailure(path: path, cause: refusal)
    }
  }
}

extension EvidenceFile {
  fileprivate var text: String {
    let heads = branches.map { branch in
      "  entry \(commonSeq + 1) with hash \(branch.leaf), under the signed head\n"
        + branch.checkpoint.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    }
    return """
      log \(log) of \(site), ledger \(ledger)
      was written by two machines that both have its key \(fingerprint).
      They share \(commonSeq) entries; then come
      \(heads.joined(separator: "\n"))
      """
  }

  fileprivate var record: JSONValue {
    .object([
      ("ledger", .string(ledger)), ("log", .string(log)), ("site", .string(site)),
      ("publicKey", .string(publicKey)), ("fingerprint", .string(fingerprint)),
      ("commonSeq", .count(commonSeq)),
      (
        "branches",
        .array(
          branches.map {
            .object([("leaf", .string($0.leaf)), ("checkpoint", .string($0.checkpoint))])
          })
      ),
    ])
  }
}
