import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport
import Testing

/// Texts of one event, or of two neighbours, that are more than a frame holds: each text is within its limit, and
/// nothing limits their sum.
@Suite struct `Events with many texts` {
  private let company: Company

  init() throws {
    company = try Company()
  }

  /// `counts`: texts of each event, of 60 KiB each; a frame holds 17.
  @Test(arguments: [[10, 10], [16], [40], [1, 16, 1, 0, 25]])
  func `they travel in frames within their limit, and arrive`(counts: [Int]) throws {
    var random = SplitMix64(seed: 3)
    let drafts = counts.map { count in
      EventDraft(
        Bodies.response([Bodies.nps(9)]),
        texts: (0..<count).map { number in
          EventDraft.Text(field: .answer, name: "q\(number)", text: Self.text(using: &random))
        })
    }
    let known = try company.hub.holdings()
    _ = try company.branch.record(drafts)
    let log = company.branch.log
    let end = try company.branch.holdings().clock[log]
    let want = Scorebook_V1_Want([(log, known.clock[log] + 1...end)])
    for batch in try company.branch.batches(of: want, for: .anyone, max: .max) {
      var frame = Scorebook_V1_Frame()
      frame.batch = batch
      let bytes: [UInt8] = try frame.serializedBytes()
      #expect(bytes.count <= SyncLimits.frameBytesMax)
    }
    let path = company.folder.path("texts.bundle")
    _ = try company.branch.bundle(to: path, for: known.clock)
    #expect(try company.hub.merge(bundle: path).texts == counts.reduce(0, +))
    #expect(try company.hub.missingTexts().isEmpty)
  }

  /// Of letters that do not shrink much.
  private static func text(using random: inout SplitMix64) -> String {
    let letters = (0..<60 << 10).map { _ in UInt8.random(in: 97...122, using: &random) }
    return String(decoding: letters, as: UTF8.self)
  }
}
