/// Whole percentages that add up to 100, for the labels of a stacked bar.
public enum ShareRounding {
  /// Largest-remainder rounding (Hamilton's method): every share is cut to a whole number, and what
  /// is missing goes to the largest remainders, the earlier one of equals. Exact. Nil if the counts
  /// add up to 0.
  ///
  /// - Precondition: No count is negative, nor is `whole`.
  public static func largestRemainder(_ counts: [Int64], of whole: Int64 = 100) -> [Int64]? {
    precondition(whole >= 0 && counts.allSatisfy { $0 >= 0 }, "Shares are not negative.")
    let total = counts.reduce(Int128(0)) { $0 + Int128($1) }
    guard total > 0 else { return nil }
    let products = counts.map { Int128($0) * Int128(whole) }
    var shares = products.map { Int64($0 / total) }
    let byRemainder = products.indices.sorted { left, right in
      let (first, second) = (products[left] % total, products[right] % total)
      return first == second ? left < right : first > second
    }
    let missing = Int(whole - shares.reduce(0, +))
    for index in byRemainder.prefix(missing) {
      shares[index] += 1
    }
    return shares
  }
}
