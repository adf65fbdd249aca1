import LedgerCore
import Testing

@Suite struct `The usual gap of a site` {
  private func silent(_ days: [Int32], on day: Int32) -> Int? {
    UsualGap(days: days)?.silentDays(on: day)
  }

  @Test func `a site that comes daily is silent on the fourth day`() {
    let days: [Int32] = [1, 2, 3, 4, 5, 5, 5]
    #expect((5...8).map { silent(days, on: $0) } == [nil, nil, nil, nil])
    #expect(silent(days, on: 9) == 4)
  }

  @Test func `a site that comes weekly is given three weeks`() {
    let days: [Int32] = [0, 7, 14, 21, 28]
    #expect(silent(days, on: 28 + 21) == nil)
    #expect(silent(days, on: 28 + 22) == 22)
  }

  @Test func `one holiday in twenty gaps makes no habit, two do`() {
    let daily = (0...19).map { Int32($0) }
    let once = daily + [39]
    #expect(silent(once, on: 39 + 4) == 4)
    let twice = daily + [39, 59]
    #expect(silent(twice, on: 59 + 4) == nil)
  }

  @Test func `fewer than five days tell no habit, and a clock that goes back no silence`() {
    #expect(UsualGap(days: [1, 2, 3, 4] as [Int32]) == nil)
    #expect(silent([1, 2, 3, 4, 5], on: 0) == nil)
  }

  @Test func `only the newest days are looked at`() {
    let old = (0..<40).map { Int32($0 * 30) }
    let new = (0..<Int32(UsualGap.daysLookedAt)).map { 2_000 + $0 }
    #expect(silent(old + new, on: 2_000 + Int32(UsualGap.daysLookedAt) + 3) == 4)
  }
}
