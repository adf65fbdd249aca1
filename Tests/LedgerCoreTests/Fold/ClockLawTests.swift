import LedgerCore
import Testing
import TestSupport

@Suite struct `Fold: laws of clocks` {
  private func clock(using random: inout SplitMix64) -> VectorClock {
    VectorClock(
      (0..<4).map {
        Address(log: LogID(high: $0, low: 1), seq: UInt64.random(in: 0...4, using: &random))
      })
  }

  @Test(arguments: Seeds.all)
  func `join is commutative, associative, idempotent and absorbs meeting`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let (a, b, c) = (clock(using: &random), clock(using: &random), clock(using: &random))
      #expect(a.joined(with: b) == b.joined(with: a))
      #expect(a.joined(with: b).joined(with: c) == a.joined(with: b.joined(with: c)))
      #expect(a.joined(with: a) == a)
      #expect(a.joined(with: a.meeting(b)) == a)
      #expect(a.meeting(a.joined(with: b)) == a)
      #expect(a.covers(b) == (a.joined(with: b) == a))
    }
  }
}
