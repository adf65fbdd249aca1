/// A page of the projection: up to `rowCountMax` consecutive positions as columns.
///
/// Three byte strings: `runs` says which events they are, `hot` has what a replay for scores by day reads, `cold` the
/// rest, so that a replay fetches less than half of the bytes.
///
///     runs = count · runs
///     hot  = count · first position · links · kind · flags · day · labels · batch · payload end · payload · padding
///     cold = stamp · recorded · occurred · customers · padding
///
/// A *run* is a stretch of one log. A *link* is a row that is not the first of its item: (row, first position of the
/// item, position of the event before it).
public enum ProjectionPage {
  /// Rows of a sealed page.
  public static let rowCountMax = 1_024
  /// The last difference of a column is read as eight bytes.
  static let padding = 8

  /// Which page holds a position, from 0.
  public static func number(ofPosition position: UInt32) -> Int {
    (Int(position) - 1) / rowCountMax
  }

  /// A stretch of one log inside a page.
  public struct Run: Hashable, Sendable {
    public var log: UInt32
    public var firstSeq: UInt32
    public var firstPosition: UInt32
    public var count: UInt32
    /// The greatest recorded time of the log up to the run's end, for cuts by recorded time.
    public var recordedMax: Int64

    public init(
      log: UInt32, firstSeq: UInt32, firstPosition: UInt32, count: UInt32, recordedMax: Int64
    ) {
      self.log = log
      self.firstSeq = firstSeq
      self.firstPosition = firstPosition
      self.count = count
      self.recordedMax = recordedMax
    }

    public var seqs: ClosedRange<UInt32> { firstSeq...firstSeq + count - 1 }
  }

  /// - Parameters:
  ///   - rows: consecutive positions, payload ranges into `payload`.
  ///   - previous: for each row the position of the event before it of the same item, 0 = it is the first.
  public static func encode(
    _ rows: ArraySlice<EventRow>, previous: ArraySlice<UInt32>, payload: [UInt8]
  ) -> (hot: [UInt8], cold: [UInt8]) {
    (encodeHot(rows, previous: previous, payload: payload), encodeCold(rows))
  }

  public static func encode(_ runs: [Run]) -> [UInt8] {
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

  public static func decodeRuns(_ bytes: UnsafeRawBufferPointer, firstPosition: UInt32) -> [Run] {
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
      position += run.count
    }
    return runs
  }

  private static func encodeHot(
    _ rows: ArraySlice<EventRow>, previous: ArraySlice<UInt32>, payload: [UInt8]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 16)
    ByteCoding.append(UInt64(rows.count), to: &bytes)
    ByteCoding.append(UInt64(rows.first?.position ?? 0), to: &bytes)
    appendLinks(of: rows, previous: previous, to: &bytes)
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

  private static func encodeCold(_ rows: ArraySlice<EventRow>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 30)
    IntegerColumn.append(rows.lazy.map(\.stamp), to: &bytes)
    IntegerColumn.append(rows.lazy.map { $0.stamp &- $0.recorded }, to: &bytes)
    // The claim is near the recording, so the difference is short.
    IntegerColumn.append(
      rows.lazy.map { $0.occurred == EventRow.unknownTime ? 0 : $0.stamp &- $0.occurred },
      to: &bytes)
    IntegerColumn.append(rows.lazy.map { $0.occurred == EventRow.unknownTime ? 1 : 0 }, to: &bytes)
    let hasCustomers = rows.contains { $0.customer != EventRow.none.customer }
    bytes.append(hasCustomers ? 1 : 0)
    if hasCustomers {
      for row in rows { bytes.append(contentsOf: row.customer.bytes) }
    }
    bytes.append(contentsOf: repeatElement(0, count: padding))
    return bytes
  }

  private static func appendLinks(
    of rows: ArraySlice<EventRow>, previous: ArraySlice<UInt32>, to bytes: inout [UInt8]
  ) {
    let links = zip(rows, previous).enumerated().filter { $0.element.1 != 0 }
    ByteCoding.append(UInt64(links.count), to: &bytes)
    IntegerColumn.append(links.map { Int64($0.offset) }, to: &bytes)
    IntegerColumn.append(
      links.map { Int64($0.element.0.position) - Int64($0.element.0.item) }, to: &bytes)
    IntegerColumn.append(
      links.map { Int64($0.element.0.position) - Int64($0.element.1) }, to: &bytes)
  }
}
