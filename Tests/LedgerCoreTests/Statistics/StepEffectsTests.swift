import LedgerCore
import TestSupport
import Testing

@Suite struct StepEffectsTests {
  /// Published 10/30/60; a correction from 10 to 1, two test responses retracted, a merge that
  /// drops an older 9, a late offline branch of 4/2/2. As detractors, passives, promoters to add.
  static let steps: [[Int64]] = [[1, 0, -1], [0, 0, -2], [0, 0, -1], [4, 2, 2]]

  static func score(of set: StepSet) -> Double? {
    var classes: [Int64] = [10, 30, 60]
    for (step, moves) in steps.enumerated() where set.contains(step) {
      classes = zip(classes, moves).map(+)
    }
    return NetCounts(detractors: classes[0], passives: classes[1], promoters: classes[2]).score
  }

  @Test func `the audit waterfall steps down from 50 to 40.9524`() throws {
    let effects = try #require(StepEffects.inOrder(steps: 4, score: Self.score))
    let expected = [-2.0000, -1.0612, -0.5470, -5.4394]
    for (effect, expected) in zip(effects, expected) {
      #expect(isClose(effect, expected, within: 5e-5))
    }
    #expect(isClose(50 + effects.reduce(0, +), 40.9524, within: 5e-5))
  }

  @Test func `order-free effects are those of the specification`() throws {
    let effects = try #require(StepEffects.orderFree(steps: 4, score: Self.score))
    let expected = [-1.9537, -1.0631, -0.5316, -5.4991]
    for (effect, expected) in zip(effects, expected) {
      #expect(isClose(effect, expected, within: 5e-5))
    }
    #expect(isClose(effects.reduce(0, +), -9.0476, within: 5e-5))
  }

  @Test func `no steps have no effects`() {
    #expect(StepEffects.orderFree(steps: 0) { _ in 1 } == [])
    #expect(StepEffects.inOrder(steps: 0) { _ in 1 } == [])
  }

  @Test func `a subset without a score leaves no effects`() {
    let score = { (set: StepSet) -> Double? in set.contains(1) && !set.contains(0) ? nil : 1 }
    #expect(StepEffects.orderFree(steps: 2, score: score) == nil)
    #expect(StepEffects.inOrder(steps: 2, score: score) == [0, 0])
    #expect(StepEffects.inOrder(steps: 2) { $0 == .none ? nil : 1 } == nil)
  }

  @Test func `the limit of steps is replayed subset by subset`() throws {
    var replays = 0
    let effects = try #require(
      StepEffects.orderFree(steps: StepEffects.stepsMax) { set in
        replays += 1
        return Double(set.count)
      })
    #expect(replays == 4_096)
    #expect(effects.allSatisfy { isClose($0, 1) })
  }

  @Test func `one step above the limit stops`() async {
    await #expect(processExitsWith: .failure) {
      _ = StepEffects.orderFree(steps: StepEffects.stepsMax + 1) { _ in 0 }
    }
  }

  @Test func `a replay that fails fails the explanation`() {
    struct Unreadable: Error {}
    func replay(_ set: StepSet) throws(Unreadable) -> Double? { throw Unreadable() }
    #expect(throws: Unreadable.self) { try StepEffects.orderFree(steps: 2, score: replay) }
  }

  @Test(arguments: UInt64(1)...100)
  func `effects add up to the change and an idle step has none`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let count = Int.random(in: 1...6, using: &generator)
    func score(_ set: StepSet) -> Double? {
      // The last step does nothing: a set scores as it does without it.
      let active = (0..<(count - 1)).filter(set.contains).reduce(0) { $0 | 1 << $1 }
      var draw = SplitMix64(seed: seed << 8 | UInt64(active))
      return Double.random(in: -100...100, using: &draw)
    }
    let free = try #require(StepEffects.orderFree(steps: count, score: score))
    let ordered = try #require(StepEffects.inOrder(steps: count, score: score))
    let change = try #require(score(StepSet(first: count))) - #require(score(.none))
    #expect(isClose(free.reduce(0, +), change))
    #expect(isClose(ordered.reduce(0, +), change))
    #expect(isClose(free.last, 0))
    #expect(ordered.last == 0)
  }
}
