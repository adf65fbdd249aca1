extension NetCounts {
  /// The change to a later window, tested as the difference of the adjusted scores of two
  /// independent samples; the estimate is cut to -200...200. Nil if either window is empty.
  ///
  /// 10/30/60 to 20/30/50: observed -20, estimate -19.417 (-39.374...0.539), z -1.907, p 0.0565.
  /// Customers who answered in both windows make it too cautious: for them use
  /// ``SwitchingMatrix/change(confidence:)``.
  ///
  /// Source: measuringu.com/nps-significance-test.
  public func change(
    to later: NetCounts, confidence: Confidence = .percent95
  ) -> ChangeTest? {
    guard let before = score, let after = later.score else { return nil }
    let shares = NetShares(of: self, extra: Self.pseudoResponses)
    let laterShares = NetShares(of: later, extra: Self.pseudoResponses)
    let difference = laterShares.score - shares.score
    let standardError =
      (shares.standardError * shares.standardError
      + laterShares.standardError * laterShares.standardError).squareRoot()
    let reach = confidence.normalDeviate * standardError
    return ChangeTest(
      observed: after - before,
      estimate: ValueInterval(
        value: difference, low: difference - reach, high: difference + reach, within: -200...200),
      standardError: standardError,
      statistic: difference / standardError,
      degreesOfFreedom: nil,
      probability: NormalDistribution.bothTails(difference / standardError))
  }
}
