import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport

/// The authority lets a log end.
enum Retirement {
  static func retire(_ ledger: Ledger, by authority: Ledger) throws {
    let size = try authority.store.read { $1.log(ledger.log)?.size } ?? 0
    var retired = Scorebook_V1_SiteRetired()
    retired.finalHead.log = ProtobufBytes.data(ledger.log.bytes)
    retired.finalHead.size = size
    _ = try authority.withRecorder { try $0.append(.siteRetired(retired)) }
  }
}
