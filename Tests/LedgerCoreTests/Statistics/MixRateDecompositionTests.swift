import LedgerCore
import TestSupport
import Testing

@Suite struct MixRateDecompositionTests {
  /// 46 becomes 24 though both branches improve: 60 to 65, and -10 to -3.33.
  static let simpson = [
    SegmentChange(
      "HCM",
      before: NetCounts(detractors: 8, passives: 16, promoters: 56).total,
      after: NetCounts(detractors: 3, passives: 8, promoters: 29).total),
    SegmentChange(
      "HN",
      before: NetCounts(detractors: 8, passives: 6, promoters: 6).total,
      after: NetCounts(detractors: 22, passives: 18, promoters: 20).total),
  ]

  @Test func `both branches improve and the total falls`() throws {
    let split = try #require(MixRateDecomposition(Self.simpson, pointsPerUnit: 100))
    #expect(split.before == 46)
    #expect(split.after == 24)
    #expect(isClose(split.rate, 5.667, within: 5e-4))
    #expect(isClose(split.mix, -27.667, within: 5e-4))
    let expected = [("HCM", 3.0, -11.0, -8.0), ("HN", 2.667, -16.667, -14.0)]
    #expect(split.rows.count == expected.count)
    for (row, (segment, rate, mix, sum)) in zip(split.rows, expected) {
      #expect(row.segment == segment)
      #expect(isClose(row.rate, rate, within: 5e-4))
      #expect(isClose(row.mix, mix, within: 5e-4))
      #expect(isClose(row.sum, sum))
    }
  }

  @Test func `the guard names the mix shift and offers the standardised score`() throws {
    let split = try #require(MixRateDecomposition(Self.simpson, pointsPerUnit: 100))
    #expect(split.isMixShift)
    #expect(isClose(split.standardised, 51.33, within: 5e-3))
  }

  @Test func `the split in three keeps the weights of the earlier window`() throws {
    let parts = try #require(MixRateDecomposition(Self.simpson, pointsPerUnit: 100)).threeWay
    #expect(isClose(parts.rate, 5.333, within: 5e-4))
    #expect(isClose(parts.mix, -28))
    #expect(isClose(parts.interaction, 0.667, within: 5e-4))
    #expect(isClose(parts.sum, -22))
  }

  @Test func `a segment that grows at the average score contributes nothing`() throws {
    let split = try #require(
      MixRateDecomposition([
        SegmentChange("average", before: total(30, 10), after: total(90, 30)),
        SegmentChange("high", before: total(50, 10), after: total(50, 10)),
        SegmentChange("low", before: total(10, 10), after: total(10, 10)),
      ]))
    #expect(split.rows[0].sum == 0)
    #expect(!split.isMixShift)
  }

  @Test func `all that a new or a closed branch does is mix`() throws {
    let split = try #require(
      MixRateDecomposition([
        SegmentChange("old", before: total(40, 10), after: .zero),
        SegmentChange("new", before: .zero, after: total(30, 10)),
        SegmentChange("never", before: .zero, after: .zero),
      ]))
    #expect(split.rows.map(\.segment) == ["old", "new"])
    #expect(split.rate == 0)
    #expect(split.mix == -1)
    #expect(split.isMixShift)
  }

  @Test func `an even improvement is no mix shift`() throws {
    let split = try #require(
      MixRateDecomposition([
        SegmentChange("one", before: total(30, 10), after: total(40, 10)),
        SegmentChange("two", before: total(20, 10), after: total(30, 10)),
      ]))
    #expect(!split.isMixShift)
    #expect(isClose(split.standardised, split.after))
  }

  @Test func `an empty window has nothing to explain`() {
    let empty = [SegmentChange("one", before: total(1, 1), after: .zero)]
    #expect(MixRateDecomposition(empty) == nil)
    #expect(MixRateDecomposition<String>([]) == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `the effects add up to the change`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let changes = (0..<Int.random(in: 1...9, using: &generator)).map { segment in
      SegmentChange(
        segment, before: .random(upTo: 9, using: &generator),
        after: .random(upTo: 9, using: &generator))
    }
    guard let split = MixRateDecomposition(changes, pointsPerUnit: 100) else { return }
    #expect(isClose(split.rate + split.mix, split.change))
    #expect(isClose(split.rows.reduce(0) { $0 + $1.sum }, split.change))
    #expect(isClose(split.threeWay.sum, split.change))
  }

  private func total(_ sum: Int64, _ count: Int64) -> ScoreTotal {
    ScoreTotal(sum: sum, count: count)
  }
}
