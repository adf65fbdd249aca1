package import GRDB
package import LedgerCore

/// Answers from the kept counters: the newest ones, or as they stood at any position.
package struct CounterReader {
  private let database: Database
  private let state: StoreState

  package init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// Feeds `sink` the counters as they are now.
  package func readNow(_ query: CounterQuery, into sink: inout QuerySink) throws {
    let days = query.days ?? .min..<(.max)
    // The unknown day is the least of all.
    let first = query.isAllTime ? EventRow.unknownDay : days.lowerBound
    let statement = try RawStatement(
      kept: database, "SELECT day, cells FROM counter WHERE site = ? AND day >= ? AND day <= ?")
    let measures = Array(query.measures)
    for site in sites(of: query) {
      statement.bind(Int64(site), at: 1)
      statement.bind(Int64(first), at: 2)
      statement.bind(Int64(days.upperBound), at: 3)
      defer { statement.reset() }
      while try statement.step() {
        let day = Int32(truncatingIfNeeded: statement.integer(0))
        let cells = try statement.checkedBlob(1, of: .counter(site: site, day: day))
        CounterCells.forEach(of: measures, in: cells) { measure, bucket, value in
          sink.add(
            kept: CounterKey(measure: measure, group: site, period: day, bucket: bucket), value)
        }
      }
    }
  }

  /// Feeds `sink` the sum of all changes up to a position: whole blocks from the highest level down, then the rest of
  /// one block of level 0, or of the tail.
  package func read(
    _ measures: Set<Measure>, atPosition position: UInt32, into sink: inout QuerySink
  ) throws {
    for measure in measures.sorted(by: { $0.rawValue < $1.rawValue }) {
      var covered = 0
      for level in stride(from: ChangeBlock.levelMax, through: 0, by: -1) {
        let span = ChangeBlock.span(ofLevel: level)
        while covered + span <= Int(position) {
          try add(measure, level: level, number: covered / span, upTo: position, to: &sink)
          covered += span
        }
      }
      guard covered < Int(position) else { continue }
      if state.changeTail.isEmpty
        || UInt32(covered) < ChangeBlocks.firstOpenPosition(after: state.lastPosition) - 1
      {
        try add(
          measure, level: 0, number: covered / ChangeBlock.positionCount, upTo: position, to: &sink)
      } else {
        for change in state.changeTail
        where change.key.measure == measure.rawValue && change.position <= position {
          sink.add(kept: change.key, change.delta)
        }
      }
    }
  }

  /// The changes of one measure between two positions, the first excluded, in order.
  package func changes(
    of measure: Measure, after low: UInt32, through high: UInt32, _ body: (Change) -> Void
  ) throws {
    let count = UInt32(ChangeBlock.positionCount)
    let statement = try RawStatement(
      database,
      """
      SELECT number, bytes FROM change_block
      WHERE measure = ? AND level = 0 AND number BETWEEN ? AND ? ORDER BY number
      """)
    statement.bind(Int64(measure.rawValue), at: 1)
    statement.bind(Int64(low / count), at: 2)
    statement.bind(Int64(high / count), at: 3)
    defer { statement.reset() }
    while try statement.step() {
      let number = Int(statement.integer(0))
      let first = UInt32(number) * count + 1
      let block = try statement.checkedBlob(
        1, of: .changeBlock(measure, level: 0, number: number))
      ChangeBlock.forEachChange(in: block, of: measure, firstPosition: first) {
        change in
        if change.position > low, change.position <= high { body(change) }
      }
    }
    for change in state.changeTail
    where change.key.measure == measure.rawValue && change.position > low && change.position <= high
    {
      body(change)
    }
  }

  private func add(
    _ measure: Measure, level: Int, number: Int, upTo position: UInt32, to sink: inout QuerySink
  ) throws {
    let statement = try RawStatement(
      kept: database,
      "SELECT bytes FROM change_block WHERE measure = ? AND level = ? AND number = ?")
    statement.bind(Int64(measure.rawValue), at: 1)
    statement.bind(Int64(level), at: 2)
    statement.bind(Int64(number), at: 3)
    defer { statement.reset() }
    guard try statement.step() else { return }
    let block = try statement.checkedBlob(
      0, of: .changeBlock(measure, level: level, number: number))
    if level == 0 {
      let first = UInt32(number * ChangeBlock.positionCount + 1)
      ChangeBlock.forEachChange(in: block, of: measure, firstPosition: first) {
        change in
        if change.position <= position { sink.add(kept: change.key, change.delta) }
      }
    } else {
      ChangeBlock.forEachCell(in: block, of: measure) { key, value in
        sink.add(kept: key, value)
      }
    }
  }

  /// Only the sites that the query lets through.
  private func sites(of query: CounterQuery) -> [UInt32] {
    let wanted = query.filters.filter { $0.key == Label.site }.map(\.value)
    let names = state.fold.vocabulary.sites
    return (0..<UInt32(names.count)).filter { number in wanted.allSatisfy { $0 == names[number] } }
  }
}
