import LedgerCore
import TestSupport
import Testing

@Suite struct PanelDecompositionTests {
  typealias Window = PanelDecomposition.Window

  @Test func `a fall of thirteen is ten by switching, fifteen by entrants, twelve back by leavers`()
    throws
  {
    let split = try #require(
      PanelDecomposition(
        before: Window(panel: total(30, 60), others: total(8, 40)),
        after: Window(panel: total(24, 60), others: total(6, 60)),
        pointsPerUnit: 100))
    #expect(split.before == 38)
    #expect(split.after == 25)
    #expect(isClose(split.switching, -10))
    #expect(isClose(split.entrants, -15))
    #expect(isClose(split.leavers, 12))
    #expect(isClose(split.change, -13))
  }

  @Test func `without entrants and leavers all is switching`() throws {
    let split = try #require(
      PanelDecomposition(
        before: Window(panel: total(3, 6), others: .zero),
        after: Window(panel: total(2, 6), others: .zero)))
    #expect(split.entrants == 0)
    #expect(split.leavers == 0)
    #expect(split.switching == split.change)
  }

  @Test func `without a panel there is nobody to compare with`() {
    let strangers = Window(panel: .zero, others: total(3, 6))
    let known = Window(panel: total(3, 6), others: .zero)
    #expect(PanelDecomposition(before: strangers, after: known) == nil)
    #expect(PanelDecomposition(before: known, after: strangers) == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `the three parts add up to the change`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    func window() -> Window {
      Window(
        panel: .random(upTo: 9, using: &generator), others: .random(upTo: 9, using: &generator))
    }
    guard let split = PanelDecomposition(before: window(), after: window(), pointsPerUnit: 100)
    else { return }
    #expect(isClose(split.switching + split.entrants + split.leavers, split.change))
  }

  private func total(_ sum: Int64, _ count: Int64) -> ScoreTotal {
    ScoreTotal(sum: sum, count: count)
  }
}
