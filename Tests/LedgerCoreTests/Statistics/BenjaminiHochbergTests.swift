import LedgerCore
import TestSupport
import Testing

@Suite struct BenjaminiHochbergTests {
  /// Expected values: another statistics package.
  @Test func `probabilities are adjusted by their rank from below`() {
    let probabilities = [
      0.74, 0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251,
      0.269, 0.275, 0.34, 0.341, 0.384, 0.569, 0.594, 0.696, 0.94, 0.942, 0.975, 0.986,
    ]
    let adjusted = BenjaminiHochberg.adjusted(probabilities)
    #expect(isClose(adjusted[1], 0.025))
    #expect(isClose(adjusted[2], 0.1))
    #expect(isClose(adjusted[3], 0.21))
    #expect(isClose(adjusted[4], 0.21))
    #expect(isClose(adjusted[5], 0.21))
    #expect(isClose(adjusted[6], 0.25))
  }

  @Test func `a branch that is red alone is not red among many`() {
    #expect(BenjaminiHochberg.discoveries([0.04]) == [true])
    let many = BenjaminiHochberg.discoveries([0.04] + Array(repeating: 0.9, count: 19))
    #expect(many.allSatisfy { !$0 })
    #expect(BenjaminiHochberg.discoveries([]).isEmpty)
  }

  @Test(arguments: UInt64(1)...100)
  func `discoveries are the step-up rule and a smaller probability never loses`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let size = Int.random(in: 1...30, using: &generator)
    let probabilities = (0..<size).map { _ -> Double in
      let draw = Double.random(in: 0...1, using: &generator)
      return draw * draw * draw
    }
    let sorted = probabilities.sorted()
    let last = sorted.indices.last { sorted[$0] <= 0.10 * Double($0 + 1) / Double(size) }
    let threshold = last.map { sorted[$0] } ?? -1
    #expect(BenjaminiHochberg.discoveries(probabilities) == probabilities.map { $0 <= threshold })
  }
}
