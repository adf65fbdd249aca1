/// The counters of one site and day as one value: each measure's buckets with what they hold, ascending, none that
/// holds 0.
///
/// Bytes: for each measure its number and how many bytes its cells take, then the cells: each the difference from the
/// bucket before it (from 0 for the first) and the value. All LEB128, differences and values zigzag. One row instead of
/// one for each bucket, or for each measure: rows are what costs, and an event counts in several measures of one day.
package struct CounterCells: Hashable, Sendable {
  package struct Cell: Hashable, Sendable, BitwiseCopyable {
    package var measure: Measure.RawValue
    package var bucket: Int64
    package var value: Int64

    package init(measure: Measure.RawValue, bucket: Int64, value: Int64) {
      self.measure = measure
      self.bucket = bucket
      self.value = value
    }

    fileprivate func precedes(_ other: Cell) -> Bool {
      measure != other.measure ? measure < other.measure : bucket < other.bucket
    }

    fileprivate func isSame(as other: Cell) -> Bool {
      measure == other.measure && bucket == other.bucket
    }
  }

  package private(set) var cells: [Cell] = []

  package init() {}

  /// Reads what `bytes` wrote; of damaged bytes what comes before the damage.
  package init(_ bytes: UnsafeRawBufferPointer) {
    cells.reserveCapacity(bytes.count / 2)
    Self.forEachMeasure(in: bytes) { measure, part in
      Self.forEachCell(in: part) {
        cells.append(Cell(measure: measure, bucket: $0, value: $1))
      }
    }
  }

  /// Calls `body` with each bucket of the measures and its value; the cells of others are stepped over.
  @inline(__always)
  package static func forEach(
    of measures: [Measure], in bytes: UnsafeRawBufferPointer,
    _ body: (Measure, Int64, Int64) -> Void
  ) {
    forEachMeasure(in: bytes) { number, part in
      guard let measure = Measure(rawValue: number), measures.contains(measure) else { return }
      forEachCell(in: part) { body(measure, $0, $1) }
    }
  }

  @inline(__always)
  private static func forEachMeasure(
    in bytes: UnsafeRawBufferPointer, _ body: (Measure.RawValue, UnsafeRawBufferPointer) -> Void
  ) {
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let measure = reader.unsigned()
      let part = reader.take(Int(clamping: reader.unsigned()))
      guard !reader.isDamaged, let number = Measure.RawValue(exactly: measure) else { return }
      body(number, part)
    }
  }

  @inline(__always)
  private static func forEachCell(
    in bytes: UnsafeRawBufferPointer, _ body: (Int64, Int64) -> Void
  ) {
    var reader = ByteReader(bytes)
    var bucket: Int64 = 0
    while !reader.isAtEnd {
      bucket &+= reader.signed()
      let value = reader.signed()
      guard !reader.isDamaged else { return }
      body(bucket, value)
    }
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(cells.count * 3)
    var part: [UInt8] = []
    var rest = cells[...]
    while let first = rest.first {
      var last: Int64 = 0
      part.removeAll(keepingCapacity: true)
      while let cell = rest.first, cell.measure == first.measure {
        ByteCoding.append(ByteCoding.zigzag(cell.bucket &- last), to: &part)
        ByteCoding.append(ByteCoding.zigzag(cell.value), to: &part)
        last = cell.bucket
        rest.removeFirst()
      }
      ByteCoding.append(UInt64(first.measure), to: &bytes)
      ByteCoding.append(UInt64(part.count), to: &bytes)
      bytes.append(contentsOf: part)
    }
    return bytes
  }

  /// Adds other cells; a bucket that comes to 0 goes.
  ///
  /// `changes`: ascending by measure and bucket, each once. O(cells of both).
  package mutating func add(_ changes: some Collection<Cell>) {
    var merged: [Cell] = []
    merged.reserveCapacity(cells.count + changes.count)
    var index = 0
    for change in changes {
      while index < cells.count, cells[index].precedes(change) {
        merged.append(cells[index])
        index += 1
      }
      var sum = change
      if index < cells.count, cells[index].isSame(as: change) {
        sum.value &+= cells[index].value
        index += 1
      }
      if sum.value != 0 { merged.append(sum) }
    }
    merged.append(contentsOf: cells[index...])
    cells = merged
  }
}
