/// A delta of one counter at one position.
package struct Change: Hashable, Sendable, BitwiseCopyable {
  package var position: UInt32
  package var key: CounterKey
  package var delta: Int64

  package init(position: UInt32, key: CounterKey, delta: Int64) {
    self.position = position
    self.key = key
    self.delta = delta
  }
}

/// The changes of one measure over an aligned stretch of positions, so that the counters at any position are a few
/// stored sums plus a short tail.
///
/// Level 0 covers 4,096 positions and keeps every change with its position; each further level covers 16 times as
/// many and keeps one sum per counter.
package enum ChangeBlock {
  /// Positions that a block of level 0 covers.
  package static let positionCount = 4_096
  /// Blocks of one level that make one of the next.
  package static let fanOut = 16
  package static let levelMax = 3

  /// Positions that a block of the level covers.
  package static func span(ofLevel level: Int) -> Int {
    (0..<level).reduce(positionCount) { span, _ in span * fanOut }
  }

  /// - Precondition: all changes are of one measure, in ascending order of position, and no two of a position go to the
  ///   same counter.
  package static func encode(_ changes: [Change], firstPosition: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    ByteCoding.append(UInt64(changes.count), to: &bytes)
    IntegerColumn.append(changes.lazy.map { Int64($0.position) - Int64(firstPosition) }, to: &bytes)
    appendCells(changes.lazy.map { ($0.key, $0.delta) }, to: &bytes)
    assert(changes.count <= bytes.count, "Equal rows take no bytes, and are not read back.")
    return bytes
  }

  /// - Precondition: all cells are of one measure.
  package static func encode(cells: [(key: CounterKey, value: Int64)]) -> [UInt8] {
    var bytes: [UInt8] = []
    ByteCoding.append(UInt64(cells.count), to: &bytes)
    appendCells(cells.lazy.map { ($0.key, $0.value) }, to: &bytes)
    return bytes
  }

  /// Calls `body` for every change of a block of level 0 up to and including `position`.
  package static func forEachChange(
    in bytes: UnsafeRawBufferPointer, of measure: Measure, firstPosition: UInt32,
    _ body: (Change) -> Void
  ) {
    var reader = ByteReader(bytes)
    let count = clampedCount(reader.unsigned(), bytes)
    var offset = reader.offset
    let positions = IntegerColumnView(bytes, at: &offset, count: count)
    let cells = Cells(bytes, at: &offset, count: count)
    for index in 0..<count {
      let position = UInt32(truncatingIfNeeded: Int64(firstPosition) &+ positions[index])
      body(
        Change(position: position, key: cells.key(index, of: measure), delta: cells.deltas[index]))
    }
  }

  /// Calls `body` for every sum of a block of level 1 and above.
  package static func forEachCell(
    in bytes: UnsafeRawBufferPointer, of measure: Measure, _ body: (CounterKey, Int64) -> Void
  ) {
    var reader = ByteReader(bytes)
    let count = clampedCount(reader.unsigned(), bytes)
    var offset = reader.offset
    let cells = Cells(bytes, at: &offset, count: count)
    for index in 0..<count {
      body(cells.key(index, of: measure), cells.deltas[index])
    }
  }

  /// No two rows of a block are the same, so that some column of it has a byte for each; more rows than bytes is
  /// damage.
  private static func clampedCount(_ value: UInt64, _ bytes: UnsafeRawBufferPointer) -> Int {
    Int(min(value, UInt64(bytes.count)))
  }

  private static func appendCells(
    _ cells: some Collection<(CounterKey, Int64)>, to bytes: inout [UInt8]
  ) {
    IntegerColumn.append(cells.lazy.map { Int64($0.0.group) }, to: &bytes)
    IntegerColumn.append(cells.lazy.map { Int64($0.0.period) }, to: &bytes)
    IntegerColumn.append(cells.lazy.map(\.0.bucket), to: &bytes)
    IntegerColumn.append(cells.lazy.map(\.1), to: &bytes)
    bytes.append(contentsOf: repeatElement(0, count: ProjectionPage.padding))
  }

  private struct Cells {
    let groups: IntegerColumnView
    let periods: IntegerColumnView
    let buckets: IntegerColumnView
    let deltas: IntegerColumnView

    init(_ bytes: UnsafeRawBufferPointer, at offset: inout Int, count: Int) {
      groups = IntegerColumnView(bytes, at: &offset, count: count)
      periods = IntegerColumnView(bytes, at: &offset, count: count)
      buckets = IntegerColumnView(bytes, at: &offset, count: count)
      deltas = IntegerColumnView(bytes, at: &offset, count: count)
    }

    @inline(__always)
    func key(_ index: Int, of measure: Measure) -> CounterKey {
      CounterKey(
        measure: measure, group: UInt32(truncatingIfNeeded: groups[index]),
        period: Int32(truncatingIfNeeded: periods[index]), bucket: buckets[index])
    }
  }
}
