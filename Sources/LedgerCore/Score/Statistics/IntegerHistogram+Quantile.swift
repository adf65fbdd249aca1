import RealModule

extension IntegerHistogram {
  /// The middle value, or the mean of the two middle ones; nil over nothing. Exact.
  public var median: Double? {
    guard count > 0 else { return nil }
    let lower = value(atRank: (count + 1) / 2)
    let upper = value(atRank: count / 2 + 1)
    return lower == upper ? Double(lower) : (Double(lower) + Double(upper)) / 2
  }

  /// The smallest value that at least `percent` per cent of all values do not exceed (nearest
  /// rank): a value that really occurred. Nil over nothing.
  ///
  /// - Precondition: `percent` in 1...100.
  public func percentile(_ percent: Int64) -> Int64? {
    precondition((1...100).contains(percent), "A percentile is 1...100; got \(percent).")
    guard count > 0 else { return nil }
    return value(atRank: (count * percent + 99) / 100)
  }

  /// The median between two values of the histogram, with at least the confidence asked for; free
  /// of any assumption about the shape. Nil where even the extremes do not reach it: at 95 % that
  /// is below n = 6.
  ///
  /// The ends are the values at rank r and at rank n + 1 - r, r being the largest with
  /// P(Binomial(n, 1/2) < r) <= tail. Exact up to n = 1,000; above, r comes from the normal
  /// approximation with continuity correction, which is at most one rank lower: never too sure.
  ///
  /// Source: W. J. Conover, "Practical Nonparametric Statistics", 3rd edition, section 3.2.
  public func medianInterval(_ confidence: Confidence = .percent95) -> ValueInterval? {
    guard let median else { return nil }
    let rank =
      count <= Self.exactCountMax
      ? Self.exactRank(count, confidence) : Self.approximateRank(count, confidence)
    guard rank >= 1 else { return nil }
    return ValueInterval(
      value: median,
      low: Double(value(atRank: rank)),
      high: Double(value(atRank: count + 1 - rank)))
  }

  /// 2^-n must stay a normal number.
  private static let exactCountMax: Int64 = 1_000

  private static func exactRank(_ count: Int64, _ confidence: Confidence) -> Int64 {
    var term = Double.exp2(-Double(count))
    var below = term
    var rank: Int64 = 0
    while below <= confidence.tail, rank < (count + 1) / 2 {
      term *= Double(count - rank) / Double(rank + 1)
      below += term
      rank += 1
    }
    return rank
  }

  private static func approximateRank(_ count: Int64, _ confidence: Confidence) -> Int64 {
    let n = Double(count)
    return Int64((n + 1) / 2 - confidence.normalDeviate * n.squareRoot() / 2)
  }

  /// The value at a 1-based rank in ascending order. O(bins).
  ///
  /// - Precondition: `rank` in 1...count.
  func value(atRank rank: Int64) -> Int64 {
    var passed: Int64 = 0
    for bin in bins {
      passed += bin.count
      if rank <= passed { return bin.value }
    }
    preconditionFailure("Ranks are 1...\(count); got \(rank).")
  }
}
