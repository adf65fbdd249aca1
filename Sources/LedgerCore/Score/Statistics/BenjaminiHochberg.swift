/// Which of many tests to believe: before branches are coloured or an alert goes out.
///
/// Source: Y. Benjamini, Y. Hochberg, "Controlling the False Discovery Rate", Journal of the Royal
/// Statistical Society B 57 (1995).
public enum BenjaminiHochberg {
  /// For each test, whether it is a discovery, when `rate` of the discoveries may be false. Empty
  /// for no tests.
  ///
  /// - Precondition: Every probability lies in 0...1.
  public static func discoveries(_ probabilities: [Double], rate: Double = 0.10) -> [Bool] {
    adjusted(probabilities).map { $0 <= rate }
  }

  /// For each test, the smallest rate at which it becomes a discovery, in 0...1. Empty for no
  /// tests.
  ///
  /// - Precondition: Every probability lies in 0...1.
  public static func adjusted(_ probabilities: [Double]) -> [Double] {
    precondition(
      probabilities.allSatisfy { (0...1).contains($0) }, "Probabilities lie in 0...1.")
    var adjusted = probabilities
    var least = 1.0
    let descending = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    for (passed, index) in descending.enumerated() {
      let rank = probabilities.count - passed
      least = min(least, probabilities[index] * Double(probabilities.count) / Double(rank))
      adjusted[index] = least
    }
    return adjusted
  }
}
