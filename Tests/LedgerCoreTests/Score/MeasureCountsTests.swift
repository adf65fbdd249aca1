import LedgerCore
import TestSupport
import Testing

@Suite struct MeasureCountsTests {
  @Test func `sites and days that are read together become one`() {
    let cells: [(key: CounterKey, value: Int64)] = [
      (CounterKey(measure: .responses, group: 1, period: 10, bucket: 1), 2),
      (CounterKey(measure: .responses, group: 2, period: 10, bucket: 0), 3),
      (CounterKey(measure: .responses, group: 1, period: 11, bucket: 1), 4),
      (CounterKey(measure: .ticketOpen, group: 1, period: 10, bucket: 0), 1),
      (CounterKey(measure: .ticketOpen, group: 1, period: 11, bucket: 0), -1),
    ]
    let counts = MeasureCounts(cells: cells)
    #expect(counts[.responses] == [.init(bucket: 0, count: 3), .init(bucket: 1, count: 6)])
    #expect(counts[.responses, 1] == 6)
    #expect(counts.total(of: .responses) == 9)
    #expect(counts[.ticketOpen].isEmpty)
  }

  @Test func `counters of an unknown measure are left out`() {
    var key = CounterKey(measure: .nps, group: 0, period: 0, bucket: 0)
    key.measure = 200
    #expect(MeasureCounts(cells: [(key: key, value: Int64(1))]).isEmpty)
  }

  @Test(arguments: UInt64(1)...200)
  func `the order and the batching of cells do not matter`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var cells = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
      Self.randomCell(using: &generator)
    }
    let whole = MeasureCounts(cells: cells)
    cells.shuffle(using: &generator)
    let half = Int.random(in: 0...cells.count, using: &generator)
    let first = MeasureCounts(cells: cells[..<half])
    let second = MeasureCounts(cells: cells[half...])
    #expect(first + second == whole)
    #expect(second + first == whole)
    #expect(whole + MeasureCounts() == whole)
    for measure in Measure.allCases {
      let buckets = whole[measure].map(\.bucket)
      #expect(buckets == Array(Set(buckets)).sorted())
      #expect(whole[measure].allSatisfy { $0.count == whole[measure, $0.bucket] && $0.count != 0 })
    }
  }

  @Test func `the cells of a counter table are read as they are`() {
    var table = CounterTable()
    table.add(5, to: CounterKey(measure: .points, group: 3, period: 1, bucket: 0))
    table.add(-5, to: CounterKey(measure: .points, group: 3, period: 2, bucket: 5))
    let counts = MeasureCounts(cells: table.cells)
    #expect(counts[.points, 0] == 5)
    #expect(counts[.points, 5] == -5)
    #expect(counts[.points, 1] == 0)
  }

  private static func randomCell(
    using generator: inout SplitMix64
  ) -> (key: CounterKey, value: Int64) {
    let key = CounterKey(
      measure: Bool.random(using: &generator) ? .nps : .points,
      group: .random(in: 0...2, using: &generator), period: .random(in: 0...2, using: &generator),
      bucket: .random(in: -3...3, using: &generator))
    return (key, .random(in: -2...2, using: &generator))
  }
}
