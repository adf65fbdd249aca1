/// The counters of one measure, site and day as one value: each bucket with what it holds, ascending by bucket, none
/// that holds 0.
///
/// Bytes: for each cell the difference from the bucket before it (from 0 for the first), then the value, both as zigzag
/// LEB128. One row instead of one for each bucket: a day's answers are a dozen cells, and rows are what costs.
package struct CounterCells: Hashable, Sendable {
  package struct Cell: Hashable, Sendable, BitwiseCopyable {
    package var bucket: Int64
    package var value: Int64

    package init(bucket: Int64, value: Int64) {
      self.bucket = bucket
      self.value = value
    }
  }

  package private(set) var cells: [Cell] = []

  package init() {}

  /// Reads what `bytes` wrote; of damaged bytes what comes before the damage.
  package init(_ bytes: UnsafeRawBufferPointer) {
    Self.forEach(in: bytes) { cells.append(Cell(bucket: $0, value: $1)) }
  }

  /// Calls `body` with each bucket and its value.
  @inline(__always)
  package static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (Int64, Int64) -> Void) {
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
    var last: Int64 = 0
    for cell in cells {
      ByteCoding.append(ByteCoding.zigzag(cell.bucket &- last), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(cell.value), to: &bytes)
      last = cell.bucket
    }
    return bytes
  }

  /// Adds other cells; a bucket that comes to 0 goes.
  ///
  /// `changes`: ascending by bucket, each bucket once. O(cells of both).
  package mutating func add(_ changes: some Sequence<Cell>) {
    var merged: [Cell] = []
    merged.reserveCapacity(cells.count + changes.underestimatedCount)
    var rest = cells[...]
    for change in changes {
      while let cell = rest.first, cell.bucket < change.bucket {
        merged.append(rest.removeFirst())
      }
      var sum = change
      if let cell = rest.first, cell.bucket == change.bucket {
        sum.value &+= rest.removeFirst().value
      }
      if sum.value != 0 { merged.append(sum) }
    }
    merged.append(contentsOf: rest)
    cells = merged
  }
}
