import FeedbackLedger
import TestSupport
import Testing

/// The whole file takes too long in a debug build: `Tools/council` merges it. Here: the offices that fit.
@Suite(.enabled(if: SharedData.isPresent, "The shared data sets are not beside the package."))
struct CouncilMergeTests {
  @Test(arguments: [1, 2] as [UInt64])
  func `offices that are merged by bundles score as one ledger that imported all`(
    seed: UInt64
  ) throws {
    var merge = try CouncilMerge(CouncilOffices(rowsMax: 800), seed: seed)
    #expect(merge.offices.names.count == 7)
    try merge.run()
    let (compared, differences) = try merge.differences()
    #expect(compared > 1_000)
    #expect(differences.isEmpty)
    #expect(try merge.headOffice.verify().findings.isEmpty)
  }
}
