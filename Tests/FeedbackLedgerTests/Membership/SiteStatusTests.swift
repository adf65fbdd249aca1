import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import TestSupport
import Testing

@Suite struct `The list of sites` {
  private let company: Company

  init() throws {
    company = try Company()
  }

  private func quarantined() throws -> [String: Int] {
    Dictionary(uniqueKeysWithValues: try company.hub.sites().map { ($0.site, $0.quarantined) })
  }

  @Test func `counts of each site the refused pieces that are kept, each of them once`() throws {
    #expect(try quarantined() == ["branch": 0, "head office": 0])
    let pieces: [(answer: Int32, kept: Int)] = [(3, 1), (4, 2), (4, 2)]
    for (answer, kept) in pieces {
      let report = try company.hub.merge(bundle: try bundle(withGapBefore: answer))
      #expect(report.received == 0 && report.refusals.count == 1)
      #expect(try quarantined() == ["branch": kept, "head office": 0])
      #expect(try company.hub.figures().quarantined == kept)
    }
    try Company.record(2, at: company.branch)
    #expect(try company.branch.sync(with: company.hub).there.refusals.isEmpty)
    #expect(try Company.answers(at: company.hub) == 2)
    try expectSound(company.hub, company.branch)
  }

  /// A file with one answer of the branch's log, whose predecessor nobody has.
  private func bundle(withGapBefore answer: Int32) throws -> String {
    let log = company.branch.log
    let held = try company.hub.store.read { $1.clock[log] }
    var event = Scorebook_V1_Event()
    event.recordedUs = WallClock.start.microseconds
    event.body = Bodies.response([Bodies.nps(answer)])
    let batch = Forger.batch(log, from: held + 2, [try event.serializedBytes()])
    let path = company.folder.path("gap.bundle")
    try Forger.bundle(try Forger(company.branch).hello(), [batch]).write(to: path)
    return path
  }
}
