/// A page of the projection: up to `rowCountMax` consecutive positions as columns.
///
/// Five byte strings, so that a reader fetches only what its question needs: `runs` and `links` say which events and
/// items they are, `hot` is what scores by day read, then the times, then the customers.
///
/// runs      = count · runs
/// links     = count · rows · first positions · positions before · padding
/// hot       = count · first position · kind · flags · day · labels · batch · payload end · payload · padding
/// times     = stamp · recorded · occurred · padding
/// customers = 16 bytes each, or nothing where all are anonymous
///
/// A *run* is a stretch of one log. A *link* is a row that is not the first of its item: (row, first position of the
/// item, position of the event before it).
package enum ProjectionPage {
  /// Rows of a sealed page.
  package static let rowCountMax = 1_024
  /// The last difference of a column is read as eight bytes.
  static let padding = 8

  /// Which page holds a position, from 0.
  package static func number(ofPosition position: UInt32) -> Int {
    (Int(position) - 1) / rowCountMax
  }

  /// The first position of a page.
  package static func firstPosition(ofPage number: Int) -> UInt32 {
    UInt32(number * rowCountMax + 1)
  }

  /// A stretch of one log inside a page.
  package struct Run: Hashable, Sendable {
    package var log: UInt32
    package var firstSeq: UInt32
    package var firstPosition: UInt32
    package var count: UInt32
    /// The greatest recorded time in the run, for cuts by recorded time.
    package var recordedMax: Int64

    package init(
      log: UInt32, firstSeq: UInt32, firstPosition: UInt32, count: UInt32, recordedMax: Int64
    ) {
      self.log = log
      self.firstSeq = firstSeq
      self.firstPosition = firstPosition
      self.count = count
      self.recordedMax = recordedMax
    }

    package var seqs: ClosedRange<UInt32> { firstSeq...firstSeq + count - 1 }
  }

  /// A page as it is stored.
  package struct Encoded: Sendable {
    package var runs: [UInt8]
    package var links: [UInt8]
    package var hot: [UInt8]
    package var times: [UInt8]
    package var customers: [UInt8]

    package init(
      runs: [UInt8], links: [UInt8], hot: [UInt8], times: [UInt8] = [], customers: [UInt8] = []
    ) {
      self.runs = runs
      self.links = links
      self.hot = hot
      self.times = times
      self.customers = customers
    }
  }
  /// `rows`: consecutive positions, payload ranges into `payload`.
  /// `previous`: for each row the position of the event before it of the same item, 0 = it is the first.
  package static func encode(
    _ rows: ArraySlice<EventRow>, previous: ArraySlice<UInt32>, payload: [UInt8]
  ) -> Encoded {
    Encoded(
      runs: encode(runs(of: rows)), links: encodeLinks(of: rows, previous: previous),
      hot: encodeHot(rows, payload: payload), times: encodeTimes(rows),
      customers: encodeCustomers(rows))
  }

  /// The runs of consecutive rows.
  package static func runs(of rows: ArraySlice<EventRow>) -> [Run] {
    var runs: [Run] = []
    for row in rows {
      if let last = runs.last, last.log == row.log, last.firstSeq + last.count == row.seq {
        runs[runs.count - 1].count += 1
        runs[runs.count - 1].recordedMax = max(last.recordedMax, row.recorded)
      } else {
        runs.append(
          Run(
            log: row.log, firstSeq: row.seq, firstPosition: row.position, count: 1,
            recordedMax: row.recorded))
      }
    }
    return runs
  }

  package static func encode(_ runs: [Run]) -> [UInt8] {
    var bytes: [UInt8] = []
    ByteCoding.append(UInt64(runs.count), to: &bytes)
    for run in runs {
      ByteCoding.append(UInt64(run.log), to: &bytes)
      ByteCoding.append(UInt64(run.firstSeq), to: &bytes)
      ByteCoding.append(UInt64(run.count), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(run.recordedMax), to: &bytes)
    }
    return bytes
  }

  package static func decodeRuns(_ bytes: UnsafeRawBufferPointer, firstPosition: UInt32) -> [Run] {
    var reader = ByteReader(bytes)
    var runs: [Run] = []
    var position = firstPosition
    for _ in 0..<min(reader.unsigned(), UInt64(rowCountMax)) where !reader.isDamaged {
      let run = Run(
        log: UInt32(truncatingIfNeeded: reader.unsigned()),
        firstSeq: UInt32(truncatingIfNeeded: reader.unsigned()), firstPosition: position,
        count: UInt32(truncatingIfNeeded: min(reader.unsigned(), UInt64(rowCountMax))),
        recordedMax: reader.signed())
      guard run.count > 0, run.firstSeq > 0, run.firstSeq < .max - run.count else { break }
      runs.append(run)
      position &+= run.count
    }
    return runs
  }

  private static func encodeHot(_ rows: ArraySlice<EventRow>, payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 16)
    ByteCoding.append(UInt64(rows.count), to: &bytes)
    ByteCoding.append(UInt64(rows.first?.position ?? 0), to: &bytes)
    IntegerColumn.append(rows.lazy.map { Int64($0.kind.rawValue) }, to: &bytes)
    IntegerColumn.append(rows.lazy.map { Int64($0.flags.rawValue) }, to: &bytes)
    IntegerColumn.append(rows.lazy.map { Int64($0.day) }, to: &bytes)
    IntegerColumn.append(rows.lazy.map { Int64($0.labels) }, to: &bytes)
    IntegerColumn.append(rows.lazy.map { Int64($0.batch) }, to: &bytes)
    var ends: [Int64] = []
    var payloads: [UInt8] = []
    for row in rows {
      payloads.append(contentsOf: payload[row.payloadRange])
      ends.append(Int64(payloads.count))
    }
    IntegerColumn.append(ends, to: &bytes)
    ByteCoding.append(UInt64(payloads.count), to: &bytes)
    bytes.append(contentsOf: payloads)
    bytes.append(contentsOf: repeatElement(0, count: padding))
    return bytes
  }

  private static func encodeTimes(_ rows: ArraySlice<EventRow>) -> [UInt8] {
    var bytes: [UInt8] = []
    IntegerColumn.append(rows.lazy.map(\.stamp), to: &bytes)
    IntegerColumn.append(rows.lazy.map { $0.stamp &- $0.recorded }, to: &bytes)
    // The claim is near the recording, so the difference is short.
    IntegerColumn.append(
      rows.lazy.map { $0.occurred == EventRow.unknownTime ? 0 : $0.stamp &- $0.occurred },
      to: &bytes)
    IntegerColumn.append(
      rows.lazy.map { $0.occurred == EventRow.unknownTime ? 1 : 0 }, to: &bytes)
    bytes.append(contentsOf: repeatElement(0, count: padding))
    return bytes
  }

  private static func encodeCustomers(_ rows: ArraySlice<EventRow>) -> [UInt8] {
    guard rows.contains(where: { $0.customer != EventRow.none.customer }) else { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * CustomerID.byteCount)
    for row in rows {
      withUnsafeBytes(of: (row.customer.high.bigEndian, row.customer.low.bigEndian)) {
        bytes.append(contentsOf: $0)
      }
    }
    return bytes
  }

  private static func encodeLinks(
    of rows: ArraySlice<EventRow>, previous: ArraySlice<UInt32>
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    let links = zip(rows, previous).enumerated().filter { $0.element.1 != 0 }
    ByteCoding.append(UInt64(links.count), to: &bytes)
    IntegerColumn.append(links.map { Int64($0.offset) }, to: &bytes)
    IntegerColumn.append(
      links.map { Int64($0.element.0.position) - Int64($0.element.0.item) }, to: &bytes)
    IntegerColumn.append(
      links.map { Int64($0.element.0.position) - Int64($0.element.1) }, to: &bytes)
    bytes.append(contentsOf: repeatElement(0, count: padding))
    return bytes
  }
}
