import LedgerCore
import Testing

@Suite struct SwitchingMatrixTests {
  static let matrix: SwitchingMatrix = {
    var matrix = SwitchingMatrix()
    let rows: [[Int64]] = [[5, 3, 2], [4, 10, 6], [3, 7, 20]]
    for (before, row) in zip(SwitchingMatrix.Class.allCases, rows) {
      for (after, customers) in zip(SwitchingMatrix.Class.allCases, row) {
        matrix.add(customers, from: before, to: after)
      }
    }
    return matrix
  }()

  @Test func `rows add up to the earlier window and columns to the later one`() {
    #expect(Self.matrix[from: .promoter, to: .detractor] == 3)
    #expect(Self.matrix.before == NetCounts(detractors: 10, passives: 20, promoters: 30))
    #expect(Self.matrix.after == NetCounts(detractors: 12, passives: 20, promoters: 28))
  }

  /// Expected values: the one-sample t-test of another statistics package.
  @Test func `the paired test looks at each customer's own move`() throws {
    let test = try #require(Self.matrix.change())
    #expect(isClose(test.observed, -6.666666666667))
    #expect(isClose(test.standardError, 10.594387882928))
    #expect(isClose(test.statistic, -0.629263978281))
    #expect(test.degreesOfFreedom == 59)
    #expect(isClose(test.probability, 0.531605340158))
    #expect(
      isClose(test.estimate, -6.666666666667, -27.865987854080...14.532654520747, within: 1e-9))
  }

  @Test func `moves that are all alike, or of one customer, cannot be tested`() {
    var matrix = SwitchingMatrix()
    #expect(matrix.change() == nil)
    matrix.add(from: .passive, to: .promoter)
    #expect(matrix.change() == nil)
    matrix.add(from: .detractor, to: .passive)
    #expect(matrix.change() == nil)
    matrix.add(from: .detractor, to: .detractor)
    #expect(matrix.change() != nil)
  }
}
