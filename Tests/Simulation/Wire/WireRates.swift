import TestSupport

/// How bad the wires of one seed are; the first six for each frame, cut and crash for each session,
/// meanwhile for each answer in it.
package struct WireRates: Sendable {
  var drop = 0.0
  var duplicate = 0.0
  var reorder = 0.0
  var delay = 0.0
  var corrupt = 0.0
  var withhold = 0.0
  var cut = 0.0
  var crash = 0.0
  var meanwhile = 0.0
  /// Whether the seed decides about each frame, so that each is a step of its own.
  private(set) var areDecided = false

  static let none = WireRates()

  private init() {}

  /// The same wires, in a session within another: the process that would crash is busy with both.
  var inside: WireRates {
    var rates = self
    rates.crash = 0
    rates.meanwhile = 0
    return rates
  }

  init(using random: inout SplitMix64) {
    func rate(_ most: Double) -> Double {
      Bool.random(using: &random) ? 0 : Double.random(in: 0...most, using: &random)
    }
    drop = rate(0.2)
    duplicate = rate(0.3)
    reorder = rate(0.5)
    delay = rate(0.2)
    corrupt = rate(0.2)
    withhold = rate(0.5)
    cut = rate(0.5)
    crash = rate(0.2)
    meanwhile = rate(0.3)
    areDecided = true
  }
}
