import LedgerCore
import TestSupport
import Testing

/// The counters of one site and day, beside a dictionary that is added to.
@Suite struct CounterCellsTests {
  private struct Name: Hashable {
    var measure: Measure
    var bucket: Int64
  }

  @Test(arguments: Seeds.all)
  func `cells hold the sum of what was added, through their bytes and back`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var sums: [Name: Int64] = [:]
    var bytes: [UInt8] = []
    for _ in 0..<50 {
      let changes = Self.changes(using: &random)
      for change in changes {
        guard let measure = Measure(rawValue: change.measure) else { continue }
        sums[Name(measure: measure, bucket: change.bucket), default: 0] += change.value
      }
      var cells = bytes.withUnsafeBytes { CounterCells($0) }
      cells.add(changes)
      bytes = cells.bytes
      #expect(bytes.withUnsafeBytes { CounterCells($0) } == cells)
      #expect(Self.read(bytes, of: Measure.allCases) == sums.filter { $0.value != 0 })
      for measure in [Measure.nps, .conflicts] {
        let own = sums.filter { $0.value != 0 && $0.key.measure == measure }
        #expect(Self.read(bytes, of: [measure]) == own)
      }
    }
  }

  @Test func `what comes to nothing leaves no byte`() {
    var cells = CounterCells()
    let changes = [
      CounterCells.Cell(measure: 1, bucket: -4, value: 2),
      CounterCells.Cell(measure: 9, bucket: 4, value: 7),
    ]
    cells.add(changes)
    #expect(cells.cells == changes)
    cells.add(
      changes.map { CounterCells.Cell(measure: $0.measure, bucket: $0.bucket, value: -$0.value) })
    #expect(cells.cells.isEmpty)
    #expect(cells.bytes.isEmpty)
  }

  @Test func `damaged bytes are read as far as they go`() {
    var cells = CounterCells()
    cells.add(
      (0..<40).map {
        CounterCells.Cell(measure: UInt8(1 + $0 / 20), bucket: Int64($0) << 40, value: 1 << 50)
      })
    for count in 0..<cells.bytes.count {
      let part = Array(cells.bytes.prefix(count))
      #expect(part.withUnsafeBytes { CounterCells($0) }.cells.count < 40)
    }
    let any = (0...255).map { UInt8($0) }
    for start in any.indices { _ = any[start...].withUnsafeBytes { CounterCells($0) } }
  }

  private static func changes(using random: inout SplitMix64) -> [CounterCells.Cell] {
    let names = Set(
      (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Name(
          measure: Measure.allCases.randomElement(using: &random) ?? .nps,
          bucket: Int64.random(in: -3...3, using: &random) << 33)
      })
    return
      names
      .sorted { ($0.measure.rawValue, $0.bucket) < ($1.measure.rawValue, $1.bucket) }
      .map {
        CounterCells.Cell(
          measure: $0.measure.rawValue, bucket: $0.bucket,
          value: Int64.random(in: -2...2, using: &random))
      }
  }

  private static func read(_ bytes: [UInt8], of measures: [Measure]) -> [Name: Int64] {
    var found: [Name: Int64] = [:]
    bytes.withUnsafeBytes { bytes in
      CounterCells.forEach(of: measures, in: bytes) { measure, bucket, value in
        found[Name(measure: measure, bucket: bucket), default: 0] += value
      }
    }
    return found
  }
}
