import RealModule

/// Student's t distribution; the degrees of freedom need not be whole (Welch).
public struct StudentDistribution: Hashable, Sendable {
  /// At least 1.
  public let degreesOfFreedom: Double

  /// - Precondition: `degreesOfFreedom` is finite and at least 1.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom >= 1 && degreesOfFreedom.isFinite,
      "Degrees of freedom are finite and at least 1; got \(degreesOfFreedom).")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value at least this far from 0 on either side: the p of a t-test.
  public func bothTails(_ deviate: Double) -> Double {
    2 * upperTail(abs(deviate))
  }

  /// The value exceeded with probability `tail`: 2.262 for 0.025 and 9 degrees of freedom. Accurate
  /// to 1e-9 or better.
  ///
  /// - Precondition: `tail` lies strictly between 0 and 0.5.
  public func upperQuantile(_ tail: Double) -> Double {
    precondition(tail > 0 && tail < 0.5, "A tail lies between 0 and 0.5; got \(tail).")
    // Right of 0 the tail is convex, and t is never below the normal quantile. So Newton's steps
    // rise towards the root and do not pass it: no bracket is needed.
    var deviate = -NormalDistribution.quantile(tail)
    for _ in 1...Self.newtonStepsMax {
      let step = (upperTail(deviate) - tail) / density(deviate)
      deviate += step
      // Newton squares its error, so a step this small leaves nothing behind.
      if abs(step) <= 1e-9 * deviate { break }
    }
    return deviate
  }

  private static let newtonStepsMax = 100

  /// From here on the continued fraction loses digits, while Fisher's series has all of them.
  private static let seriesFrom = 1e5

  /// The probability of more than `deviate`, which is not negative.
  private func upperTail(_ deviate: Double) -> Double {
    guard degreesOfFreedom < Self.seriesFrom else { return upperTailBySeries(deviate) }
    let square = deviate * deviate
    let beta = IncompleteBeta(a: degreesOfFreedom / 2, b: 0.5, logBeta: logBetaOfHalf)
    let whole = degreesOfFreedom + square
    return 0.5 * beta.regularised(degreesOfFreedom / whole, complement: square / whole)
  }

  /// Source: R. A. Fisher, "Expansion of Student's integral in powers of n^-1", Metron 5 (1925),
  /// first two terms.
  private func upperTailBySeries(_ t: Double) -> Double {
    let square = t * t
    let first = t * (square + 1) / 4
    let second = t * (((3 * square - 7) * square - 5) * square - 3) / 96
    let correction = (first + second / degreesOfFreedom) / degreesOfFreedom
    return NormalDistribution.cumulative(-t) + NormalDistribution.density(t) * correction
  }

  private func density(_ deviate: Double) -> Double {
    let bulge = Double.log(onePlus: deviate * deviate / degreesOfFreedom)
    let power = -0.5 * (degreesOfFreedom + 1) * bulge - logBetaOfHalf
    return Double.exp(power) / degreesOfFreedom.squareRoot()
  }

  /// The natural logarithm of B(degrees / 2, 1/2).
  ///
  /// For large arguments the two log-gammas are huge and nearly equal, so their difference is taken
  /// from its asymptotic series. Source: NIST Digital Library of Mathematical Functions, 5.11.1.
  private var logBetaOfHalf: Double {
    let a = degreesOfFreedom / 2
    let half = 0.5 * Double.log(Double.pi)
    guard a >= 50 else { return half - (Double.logGamma(a + 0.5) - Double.logGamma(a)) }
    let series = -1 / (8 * a) + 1 / (192 * a * a * a) - 1 / (640 * a * a * a * a * a)
    return half - (0.5 * Double.log(a) + series)
  }
}
