import TestSupport

/// How bad the wires of one seed are; the first five for each frame, the others for each session.
package struct WireRates: Sendable {
  var drop = 0.0
  var duplicate = 0.0
  var reorder = 0.0
  var delay = 0.0
  var corrupt = 0.0
  var cut = 0.0
  var crash = 0.0

  static let none = WireRates()

  private init() {}

  init(using random: inout SplitMix64) {
    func rate(_ most: Double) -> Double {
      Bool.random(using: &random) ? 0 : Double.random(in: 0...most, using: &random)
    }
    drop = rate(0.2)
    duplicate = rate(0.3)
    reorder = rate(0.5)
    delay = rate(0.2)
    corrupt = rate(0.2)
    cut = rate(0.5)
    crash = rate(0.2)
  }
}
