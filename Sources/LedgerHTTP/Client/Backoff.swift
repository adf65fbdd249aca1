/// How long to wait after a failure: longer each time, and never the same as the others, so that two hundred branches
/// that lost their hub at one moment do not come back at one moment.
package struct Backoff: Sendable {
  private let baseSeconds: Double
  private let maxSeconds: Double
  private var lastSeconds: Double

  package init(baseSeconds: Double = 0.5, maxSeconds: Double = 60) {
    self.baseSeconds = baseSeconds
    self.maxSeconds = maxSeconds
    lastSeconds = baseSeconds
  }

  /// Between the base and three times the last one, as chance has it.
  ///
  /// `atLeast`: what the peer asked for.
  package mutating func next(
    atLeast: Double = 0, using random: inout some RandomNumberGenerator
  ) -> Double {
    let upper = max(baseSeconds, min(maxSeconds, lastSeconds * 3))
    lastSeconds = Double.random(in: baseSeconds...upper, using: &random)
    return max(atLeast, lastSeconds)
  }
}
