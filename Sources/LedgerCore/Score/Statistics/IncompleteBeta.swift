import RealModule

/// The regularised incomplete beta function I_x(a, b), from which Student's t is read.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22 (continued fraction) and 8.17.4
/// (symmetry); evaluated by Lentz's method.
struct IncompleteBeta {
  let a: Double
  let b: Double
  /// The natural logarithm of B(a, b).
  let logBeta: Double

  /// I_x(a, b) for x in 0...1. The complement is 1 - x, passed in because near x = 1 the
  /// subtraction would lose its digits.
  func regularised(_ x: Double, complement: Double) -> Double {
    guard x > 0 else { return 0 }
    guard complement > 0 else { return 1 }
    let power = a * Self.log(x, complement: complement) + b * Self.log(complement, complement: x)
    let front = Double.exp(power - logBeta)
    // The fraction converges fast only on its own side of the mode; the other side is the mirror.
    return x < (a + 1) / (a + b + 2)
      ? front * Self.continuedFraction(x, a, b) / a
      : 1 - front * Self.continuedFraction(complement, b, a) / b
  }

  private static func log(_ x: Double, complement: Double) -> Double {
    complement < 0.5 ? Double.log(onePlus: -complement) : Double.log(x)
  }

  private static let iterationsMax = 10_000

  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var c = 1.0
    var d = 1 / away(fromZero: 1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...iterationsMax {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / away(fromZero: 1 + even * d)
      c = away(fromZero: 1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(fromZero: 1 + odd * d)
      c = away(fromZero: 1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) <= 4e-16 { break }
    }
    return fraction
  }

  /// Lentz's method divides by these terms; one that vanishes is replaced by a very small one.
  private static func away(fromZero value: Double) -> Double {
    abs(value) < 1e-300 ? 1e-300 : value
  }
}
