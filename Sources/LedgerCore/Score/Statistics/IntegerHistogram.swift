/// How often each whole number occurred: raw scores, or durations in whole seconds. Nothing is
/// binned away, so its median and percentiles are exact.
public struct IntegerHistogram: Hashable, Sendable {
  /// A value that occurred, and how often.
  public struct Bin: Hashable, Sendable {
    /// In the histogram's unit: points of a scale, seconds.
    public let value: Int64
    /// At least 1.
    public let count: Int64
  }

  /// Ascending by value, without repeats.
  public let bins: [Bin]
  /// How many values there are.
  public let count: Int64

  /// Pairs of value and count in any order; pairs of one value are added, zeros dropped.
  ///
  /// - Precondition: No count is negative.
  public init(_ pairs: some Sequence<(Int64, Int64)>) {
    var bins: [Bin] = []
    for (value, count) in pairs.sorted(by: { $0.0 < $1.0 }) where count != 0 {
      precondition(count > 0, "Counts are not negative; got \(count) of \(value).")
      let known = bins.last?.value == value ? bins.removeLast().count : 0
      bins.append(Bin(value: value, count: known + count))
    }
    self.bins = bins
    count = bins.reduce(0) { $0 + $1.count }
  }

  /// The histogram of a list of values.
  public init(values: some Sequence<Int64>) {
    self.init(values.map { ($0, 1) })
  }

  /// 128 bits wide, because durations over many tickets may outgrow 64.
  public var sum: Int128 {
    bins.reduce(0) { $0 + Int128($1.value) * Int128($1.count) }
  }

  /// The arithmetic mean; nil over nothing.
  public var mean: Double? {
    count == 0 ? nil : Double(sum) / Double(count)
  }

  /// The sample variance, divisor n - 1; nil for fewer than two values.
  public var variance: Double? {
    guard let mean, count >= 2 else { return nil }
    let squares = bins.reduce(0.0) { partial, bin in
      let distance = Double(bin.value) - mean
      return partial + distance * distance * Double(bin.count)
    }
    return squares / Double(count - 1)
  }
}
