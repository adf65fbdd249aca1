public import LedgerCore
import LedgerSchema
import LedgerStore

extension Ledger {
  /// At the authority: a site is given no texts but its own from here on. Scores do not need them. What it holds
  /// already it keeps; who has not heard of the decision yet still gives them.
  ///
  /// `log`: one of the site's logs; nil: all of them.
  /// - Returns: the logs that it is about.
  /// - Throws: `LedgerError.notAuthority`, `.unknownSite`, `.authorityStays`.
  @discardableResult
  public func withholdTexts(from site: String, log: LogID? = nil) throws -> [LogID] {
    try recordWithholding(from: site, log, hasEnded: false)
  }

  /// At the authority: a site is given texts again, also those that it has missed.
  ///
  /// - Returns: the logs that it is about.
  /// - Throws: as ``withholdTexts(from:log:)``.
  @discardableResult
  public func endWithholdingTexts(from site: String, log: LogID? = nil) throws -> [LogID] {
    try recordWithholding(from: site, log, hasEnded: true)
  }

  private func recordWithholding(
    from site: String, _ log: LogID?, hasEnded: Bool
  ) throws -> [LogID] {
    try decide(on: site, log, asAuthority: true) { logs, recorder in
      try logs.map { log in
        var withheld = Scorebook_V1_TextsWithheld()
        withheld.log = ProtobufBytes.data(log.id.bytes)
        withheld.ended = hasEnded
        try recorder.append(.textsWithheld(withheld))
        return log.id
      }
    }
  }
}
