import RealModule

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value up to `deviate`. Keeps its relative precision far down the left
  /// tail.
  public static func cumulative(_ deviate: Double) -> Double {
    0.5 * Double.erfc(-deviate / 2.0.squareRoot())
  }

  /// The probability of a value at least this far from 0 on either side: the p of a z-test.
  public static func bothTails(_ deviate: Double) -> Double {
    Double.erfc(abs(deviate) / 2.0.squareRoot())
  }

  static func density(_ deviate: Double) -> Double {
    Double.exp(-0.5 * deviate * deviate) / (2 * Double.pi).squareRoot()
  }

  /// The value below which `probability` lies, to about 16 digits.
  ///
  /// Source: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution",
  /// Applied Statistics 37 (1988), routine PPND16.
  ///
  /// - Precondition: `probability` lies strictly between 0 and 1.
  public static func quantile(_ probability: Double) -> Double {
    precondition(
      probability > 0 && probability < 1,
      "A probability lies between 0 and 1; got \(probability).")
    let distance = probability - 0.5
    if abs(distance) <= 0.425 {
      return distance * centre(0.180625 - distance * distance)
    }
    let tail = min(probability, 1 - probability)
    let root = (-Double.log(tail)).squareRoot()
    let magnitude = root <= 5 ? nearTail(root - 1.6) : farTail(root - 5)
    return distance < 0 ? -magnitude : magnitude
  }

  private static let centre = RationalFunction(
    numerator: [
      3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3,
    ],
    denominator: [
      1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3,
    ])

  private static let nearTail = RationalFunction(
    numerator: [
      1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
      3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ],
    denominator: [
      1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9,
    ])

  private static let farTail = RationalFunction(
    numerator: [
      6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ],
    denominator: [
      1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15,
    ])
}

/// One polynomial over another; coefficients ascend from the constant.
private struct RationalFunction: Sendable {
  let numerator: [Double]
  let denominator: [Double]

  func callAsFunction(_ argument: Double) -> Double {
    Self.value(of: numerator, at: argument) / Self.value(of: denominator, at: argument)
  }

  private static func value(of coefficients: [Double], at argument: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * argument + $1 }
  }
}
