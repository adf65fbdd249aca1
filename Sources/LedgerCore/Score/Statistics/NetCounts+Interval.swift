extension NetCounts {
  /// The pseudo-responses of the adjusted interval: 3/4 detractor, 3/2 passive, 3/4 promoter.
  static let pseudoResponses = 3.0

  /// The score with its adjusted Wald interval, cut to -100...100; nil over nothing. The default
  /// interval of every net score at every n.
  ///
  /// The Wald interval around the score of D + 3/4, Pa + 3/2, P + 3/4 over n + 3; the value stays
  /// the observed score. Over a single response that interval ends just short of it (98.5 below
  /// 100) and is widened to it. 10/30/60 gives 50, 35.467...61.621.
  ///
  /// Source: B. Rocks, "Interval Estimation for the 'Net Promoter Score'", The American
  /// Statistician 70 (2016), arXiv:1601.07235.
  public func adjustedWald(_ confidence: Confidence = .percent95) -> ValueInterval? {
    score.map { interval(around: NetShares(of: self, extra: Self.pseudoResponses), $0, confidence) }
  }

  /// The score with its plain Wald interval, cut to -100...100; nil over nothing. A named variant,
  /// to compare with other tools: it is far too short for small n, and a point if all agree.
  public func wald(_ confidence: Confidence = .percent95) -> ValueInterval? {
    score.map { interval(around: NetShares(of: self), $0, confidence) }
  }

  private func interval(
    around shares: NetShares, _ score: Double, _ confidence: Confidence
  ) -> ValueInterval {
    let reach = confidence.normalDeviate * shares.standardError
    return ValueInterval(
      value: score, low: shares.score - reach, high: shares.score + reach, within: -100...100)
  }
}
