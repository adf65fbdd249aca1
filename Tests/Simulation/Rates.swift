import TestSupport

/// What one seed is like: how many machines, how they are linked, and how often what happens.
package struct Rates: Sendable {
  package let machines: Int
  package let topology: Topology
  package let wire: WireRates
  /// Of three machines so many are files.
  package let filesOfThree: Int
  private let weights: [(action: Action, weight: Int)]

  /// `steps`: of the life that is ahead; in a short one many machines only get to know each other.
  init(steps: Int, using random: inout SplitMix64) {
    machines = Int.random(in: 3...(steps < 200 ? 4 : 6), using: &random)
    topology = Topology.allCases.randomElement(using: &random) ?? .star
    wire = WireRates(using: &random)
    filesOfThree = Int.random(in: 0...2, using: &random)
    var weights: [(action: Action, weight: Int)] = []
    for action in Action.allCases {
      // A third of what may happen does not happen in a seed, so that the rest has room.
      let isLeftOut = Int.random(in: 0..<3, using: &random) == 0
      let weight = action.weight * Int.random(in: 1...3, using: &random)
      weights.append((action, action.isDaily ? action.weight : isLeftOut ? 0 : weight))
    }
    self.weights = weights
  }

  func action(using random: inout SplitMix64) -> Action {
    var left = Int.random(in: 0..<weights.reduce(0) { $0 + $1.weight }, using: &random)
    for (action, weight) in weights {
      left -= weight
      if left < 0 { return action }
    }
    return .record
  }
}

extension SplitMix64 {
  /// Whether something of a probability happens.
  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }
}
