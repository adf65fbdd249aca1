extension Double {
  /// The number with a fixed count of decimals, rounded half away from zero: `-0.5` without
  /// decimals is `-1`. Never `-0`.
  ///
  /// Rounds the shortest decimal that reads back as this number, not the binary expansion. A score
  /// is one division of integers, so where the exact quotient is a tie (201/200 = 1.005), this sees
  /// the tie and gives `1.01`, though the stored number is a little less. Used once, for display.
  ///
  /// - Precondition: The number is finite and `decimals` is not negative.
  public func roundedText(decimals: Int) -> String {
    precondition(isFinite && decimals >= 0, "Cannot show \(self) with \(decimals) decimals.")
    var decimal = ShortestDecimal(magnitude)
    decimal.round(decimals: decimals)
    let text = decimal.text(decimals: decimals)
    return self < 0 && decimal.digits.contains { $0 != 0 } ? "-" + text : text
  }
}

/// Decimal digits with a point: the value is 0.d0d1d2... times 10^point.
private struct ShortestDecimal {
  private(set) var digits: [Int]
  private var point: Int

  /// Reads Swift's own description, which is the shortest text that reads back as the same number:
  /// `12.5`, `1e-05`, `2.5e+20`.
  init(_ magnitude: Double) {
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    digits = parts[0].compactMap(\.wholeNumberValue)
    point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  }

  mutating func round(decimals: Int) {
    let kept = point + decimals
    guard kept < digits.count else { return }
    guard kept >= 0 else {
      digits = []
      return
    }
    let roundsUp = digits[kept] >= 5
    digits.removeSubrange(kept...)
    if roundsUp { increment() }
  }

  private mutating func increment() {
    guard let index = digits.lastIndex(where: { $0 != 9 }) else {
      digits = [1] + digits.map { _ in 0 }
      point += 1
      return
    }
    digits[index] += 1
    for later in digits.indices[(index + 1)...] {
      digits[later] = 0
    }
  }

  func text(decimals: Int) -> String {
    let whole = point <= 0 ? "0" : (0..<point).map(digit).joined()
    guard decimals > 0 else { return whole }
    return whole + "." + (point..<(point + decimals)).map(digit).joined()
  }

  private func digit(at index: Int) -> String {
    digits.indices.contains(index) ? String(digits[index]) : "0"
  }
}
