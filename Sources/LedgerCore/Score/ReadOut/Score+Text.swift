extension Score {
  /// The value as shown, rounded once, half away from zero; empty without a value. No unit and no
  /// per cent sign.
  ///
  /// Without `decimals` it has those of its definition: unless that says otherwise 1 for a net
  /// score, none for what is counted, else 2. The headline of an NPS has none.
  ///
  /// - Precondition: `decimals` is not negative.
  public func text(decimals: Int? = nil) -> String {
    text(of: value, decimals)
  }

  /// The lower end as shown, as for ``text(decimals:)``; empty without an interval.
  public func lowText(decimals: Int? = nil) -> String {
    text(of: low, decimals)
  }

  /// The upper end as shown, as for ``text(decimals:)``; empty without an interval.
  public func highText(decimals: Int? = nil) -> String {
    text(of: high, decimals)
  }

  private func text(of value: Double?, _ decimals: Int?) -> String {
    value?.roundedText(decimals: decimals ?? self.decimals) ?? ""
  }
}
