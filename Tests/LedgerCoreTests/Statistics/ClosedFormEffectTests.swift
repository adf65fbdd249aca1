import LedgerCore
import TestSupport
import Testing

@Suite struct ClosedFormEffectTests {
  @Test func `closed forms agree with the audit waterfall`() throws {
    let published = effect(on: 10, 30, 60)
    #expect(isClose(published.correcting(by: -2), -2.0000, within: 5e-5))
    let corrected = effect(on: 11, 30, 59)
    #expect(isClose(corrected.removing(total(0, 0, 2)), -1.0612, within: 5e-5))
    let retracted = effect(on: 11, 30, 57)
    #expect(isClose(retracted.removing(total(0, 0, 1)), -0.5470, within: 5e-5))
    let merged = effect(on: 11, 30, 56)
    #expect(isClose(merged.adding(total(4, 2, 2)), -5.4394, within: 5e-5))
  }

  @Test func `nothing added or removed has no effect, and nothing at all has no answer`() {
    let some = effect(on: 1, 2, 3)
    let none = effect(on: 0, 0, 0)
    #expect(some.adding(.zero) == 0)
    #expect(some.removing(.zero) == 0)
    #expect(some.removing(total(1, 2, 3)) == nil)
    #expect(none.adding(total(1, 2, 3)) == nil)
    #expect(none.removing(.zero) == nil)
    #expect(none.correcting(by: 1) == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `closed forms are the difference of the scores`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let one = ScoreTotal.random(upTo: 9, using: &generator)
    let other = ScoreTotal.random(upTo: 9, using: &generator)
    guard let before = one.mean(pointsPerUnit: 100), other.count > 0 else { return }
    let both = one + other
    let after = try #require(both.mean(pointsPerUnit: 100))
    let adding = ClosedFormEffect(on: one, pointsPerUnit: 100).adding(other)
    let removing = ClosedFormEffect(on: both, pointsPerUnit: 100).removing(other)
    #expect(isClose(adding, after - before))
    #expect(isClose(removing, before - after))
  }

  private func total(_ detractors: Int64, _ passives: Int64, _ promoters: Int64) -> ScoreTotal {
    NetCounts(detractors: detractors, passives: passives, promoters: promoters).total
  }

  private func effect(
    on detractors: Int64, _ passives: Int64, _ promoters: Int64
  ) -> ClosedFormEffect {
    ClosedFormEffect(on: total(detractors, passives, promoters), pointsPerUnit: 100)
  }
}
