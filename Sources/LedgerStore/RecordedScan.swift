import GRDB
import LedgerCore
import LedgerSchema

/// What clock corrections add to the recorded times of one log.
struct ClockCorrections {
  private var shifts: [(seqs: ClosedRange<UInt64>, microseconds: Int64)] = []

  init() {}

  /// `limit`: the last seq of the log that counts. A correction beyond it corrects nothing, as a void there voids
  ///   nothing.
  init(
    _ context: [(address: Address, event: Scorebook_V1_Event)], log: LogID, limit: UInt64
  ) {
    // Only the log itself may say that its clock was wrong.
    for (address, event) in context where address.log == log && address.seq <= limit {
      guard case .clockCorrected(let correction) = event.body,
        LogID(bytes: correction.log) == log, correction.fromSeq <= correction.toSeq
      else { continue }
      shifts.append((correction.fromSeq...correction.toSeq, correction.shiftUs))
    }
  }

  var isEmpty: Bool { shifts.isEmpty }

  func corrected(_ recorded: Int64, seq: UInt32) -> Int64 {
    shifts.reduce(recorded) { $1.seqs.contains(UInt64(seq)) ? $0 &+ $1.microseconds : $0 }
  }
}

/// Finds by recorded time: whole pages are skipped by their runs' maxima, and one page at most is read.
struct RecordedScan {
  private let database: Database
  private let state: StoreState

  init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// The first of the positions, all of one log, whose event was recorded after the instant.
  func firstAfter(
    _ instant: Int64, positions: ClosedRange<UInt32>, log: UInt32, corrections: ClockCorrections
  ) throws -> UInt32? {
    let sealed = ProjectionPage.number(ofPosition: state.tail.firstPosition)
    let first = ProjectionPage.number(ofPosition: positions.lowerBound)
    let last = min(ProjectionPage.number(ofPosition: positions.upperBound), sealed - 1)
    if first <= last {
      let statement = try RawStatement(
        database, "SELECT number, runs FROM page WHERE number BETWEEN ? AND ? ORDER BY number")
      statement.bind(Int64(first), at: 1)
      statement.bind(Int64(last), at: 2)
      defer { statement.reset() }
      while try statement.step() {
        let number = Int(statement.integer(0))
        let start = UInt32(number * ProjectionPage.rowCountMax + 1)
        let runs = ProjectionPage.decodeRuns(
          try statement.checkedBlob(1, of: .page(number, .runs)), firstPosition: start)
        let mayHold = runs.contains {
          $0.log == log && ($0.recordedMax > instant || !corrections.isEmpty)
        }
        if mayHold,
          let found = try firstAfter(
            instant, page: number, runs: runs, positions: positions, log: log,
            corrections: corrections)
        {
          return found
        }
      }
    }
    return firstInTail(instant, positions: positions, corrections: corrections)
  }

  private func firstAfter(
    _ instant: Int64, page number: Int, runs: [ProjectionPage.Run],
    positions: ClosedRange<UInt32>, log: UInt32, corrections: ClockCorrections
  ) throws -> UInt32? {
    var found: UInt32?
    try PageScan(database).forEachPage(number..<number + 1, depth: .times) { page in
      for run in runs where run.log == log {
        for offset in 0..<run.count {
          let position = run.firstPosition + offset
          guard positions.contains(position) else { continue }
          let recorded = page.rows.recorded(ofRow: Int(position - page.rows.firstPosition))
          guard corrections.corrected(recorded, seq: run.firstSeq + offset) > instant else {
            continue
          }
          found = position
          return
        }
      }
    }
    return found
  }

  private func firstInTail(
    _ instant: Int64, positions: ClosedRange<UInt32>, corrections: ClockCorrections
  ) -> UInt32? {
    state.tail.rows.first {
      positions.contains($0.position) && corrections.corrected($0.recorded, seq: $0.seq) > instant
    }?.position
  }
}
