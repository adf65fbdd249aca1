import LedgerCore

/// Whether a computed number is the one printed in the specification. Nil is close to nothing.
func isClose(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance
}

/// The same for an interval, its value and both ends.
func isClose(
  _ interval: ValueInterval?, _ value: Double, _ ends: ClosedRange<Double>,
  within tolerance: Double = 5e-4
) -> Bool {
  guard let interval else { return false }
  return isClose(interval.value, value, within: tolerance)
    && isClose(interval.low, ends.lowerBound, within: tolerance)
    && isClose(interval.high, ends.upperBound, within: tolerance)
}
