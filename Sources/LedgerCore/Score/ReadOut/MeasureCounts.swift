/// The counters of one group over one period: all that a score is read from.
package struct MeasureCounts: Sendable, Hashable {
  /// One counter.
  package struct Cell: Sendable, Hashable {
    /// What it means is said by the measure.
    package let bucket: Int64
    /// Not 0.
    package let count: Int64

    /// Pairs them.
    package init(bucket: Int64, count: Int64) {
      self.bucket = bucket
      self.count = count
    }
  }

  /// No measure without cells, so that equal counters are equal values.
  private var cells: [Measure: [Cell]] = [:]

  /// Nothing counted.
  package init() {}

  /// Adds up cells in any order. Their group and period are not looked at: sites and days that are
  /// read together become one. Counters of a measure not known here are left out.
  ///
  /// - Complexity: O(n log n) for n cells.
  package init(cells: some Sequence<(key: CounterKey, value: Int64)>) {
    var found: [Measure: [Cell]] = [:]
    for (key, value) in cells {
      guard let measure = Measure(rawValue: key.measure) else { continue }
      found[measure, default: []].append(Cell(bucket: key.bucket, count: value))
    }
    for (measure, cells) in found {
      self[measure] = Self.summed(cells)
    }
  }

  /// Ascending by bucket, each bucket once, without zeros; empty for a measure without counts.
  package private(set) subscript(measure: Measure) -> [Cell] {
    get { cells[measure] ?? [] }
    set { cells[measure] = newValue.isEmpty ? nil : newValue }
  }

  /// 0 where nothing was counted. O(log n).
  package subscript(measure: Measure, bucket: Int64) -> Int64 {
    let cells = self[measure]
    var range = cells.startIndex..<cells.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if cells[middle].bucket == bucket { return cells[middle].count }
      range =
        cells[middle].bucket < bucket
        ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return 0
  }

  /// The sum over all buckets of a measure.
  package func total(of measure: Measure) -> Int64 {
    self[measure].reduce(0) { $0 &+ $1.count }
  }

  /// Whether nothing is counted in any measure.
  package var isEmpty: Bool { cells.isEmpty }

  /// Both sets of counters. Commutative, associative.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    for (measure, cells) in right.cells {
      sum[measure] = summed(left[measure] + cells)
    }
    return sum
  }

  private static func summed(_ cells: [Cell]) -> [Cell] {
    var sums: [Cell] = []
    for cell in cells.sorted(by: { $0.bucket < $1.bucket }) {
      let known = sums.last?.bucket == cell.bucket ? sums.removeLast().count : 0
      sums.append(Cell(bucket: cell.bucket, count: known &+ cell.count))
    }
    return sums.filter { $0.count != 0 }
  }
}
