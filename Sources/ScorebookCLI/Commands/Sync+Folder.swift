import FeedbackLedger

extension Sync {
  /// What stands before a shared folder's path.
  static let folderPrefix = "folder:"

  func sync(folder path: String, _ ledger: Ledger) throws {
    let start = ContinuousClock.now
    let report = try ledger.sync(folder: path, withoutText: withoutText)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    try Output.print(
      "received \(report.received.received) events and \(report.received.texts) texts, wrote "
        + "\(report.events) events and \(report.texts) texts in \(report.files) files, "
        + "refused \(report.refused.count), took \(DurationText.precise(seconds)) s")
    var session = report.received
    session.refusals = []
    try session.printFindings(at: ledger.site)
    for file in report.waiting {
      Output.note("\(file): waits for a file before it that is not there yet")
    }
    for (file, error) in report.refused {
      Output.note(ErrorWording.report(of: FileFailure(path: file, cause: error)).sentence)
    }
    for fork in try ledger.forks() { try Output.print(fork.lines) }
    guard report.refused.isEmpty else { throw CommandFailure.damageFound(report.refused.count) }
  }
}
