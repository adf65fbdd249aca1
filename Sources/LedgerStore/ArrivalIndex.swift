import LedgerCore

/// A stretch of one log that arrived together: consecutive positions, consecutive seqs.
package struct Arrival: Hashable, Sendable {
  package var firstPosition: UInt32
  package var count: UInt32
  package var log: UInt32
  package var firstSeq: UInt32
  /// Microseconds since 1970 UTC; of an own run that of its first event.
  package var received: Int64
  /// Recorded here: each event was received when it was recorded.
  package var isOwn: Bool
  package var step: Int64

  package var lastPosition: UInt32 { firstPosition + count - 1 }
  package var lastSeq: UInt32 { firstSeq + count - 1 }

  /// Whether `next` goes on where this one stops, and nothing but the step tells them apart.
  func continues(with next: Arrival) -> Bool {
    next.log == log && next.firstPosition == lastPosition + 1 && next.firstSeq == lastSeq + 1
      && next.isOwn == isOwn && (isOwn || next.received == received)
  }
}

/// Which event stands at which position, in memory: runs, not events, so years of recording stay small.
package struct ArrivalIndex: Sendable {
  /// Ascending by position, gapless.
  package private(set) var runs: [Arrival] = []
  /// For each log number the indices of its runs, ascending by seq.
  private var runsOfLog: [[Int]] = []

  package init() {}

  package var lastPosition: UInt32 { runs.last?.lastPosition ?? 0 }

  package mutating func append(_ arrival: Arrival) {
    if let last = runs.last, last.continues(with: arrival) {
      runs[runs.count - 1].count += arrival.count
      return
    }
    while runsOfLog.count <= Int(arrival.log) { runsOfLog.append([]) }
    runsOfLog[Int(arrival.log)].append(runs.count)
    runs.append(arrival)
  }

  /// Nil when the log does not reach that far here. O(log runs).
  package func position(ofSeq seq: UInt32, log: UInt32) -> UInt32? {
    guard Int(log) < runsOfLog.count else { return nil }
    let list = runsOfLog[Int(log)]
    guard let index = list.lastIndex(whereSorted: { runs[$0].firstSeq <= seq }) else { return nil }
    let run = runs[list[index]]
    return seq <= run.lastSeq ? run.firstPosition + (seq - run.firstSeq) : nil
  }

  /// Nil past the last position. O(log runs).
  package func place(ofPosition position: UInt32) -> (log: UInt32, seq: UInt32)? {
    guard let index = runs.lastIndex(whereSorted: { $0.firstPosition <= position }) else {
      return nil
    }
    let run = runs[index]
    guard position <= run.lastPosition else { return nil }
    return (run.log, run.firstSeq + (position - run.firstPosition))
  }

  /// How far each log reached at a position, by log number. O(runs).
  package func seqs(atPosition position: UInt32, logCount: Int) -> [UInt32] {
    var seqs = [UInt32](repeating: 0, count: logCount)
    for run in runs where run.firstPosition <= position {
      seqs[Int(run.log)] = run.firstSeq + min(position - run.firstPosition, run.count - 1)
    }
    return seqs
  }

  /// The stretches in which a log came, those that begin after a seq left out: the newest first. O(1) for each.
  package func runs(
    ofLog log: UInt32, through seq: UInt32
  ) -> some Sequence<Arrival> {
    let list = Int(log) < runsOfLog.count ? runsOfLog[Int(log)] : []
    return list.lazy.reversed().map { runs[$0] }.filter { $0.firstSeq <= seq }
  }

  /// The positions of a range of seqs of one log, ascending.
  package func positions(ofSeqs seqs: ClosedRange<UInt32>, log: UInt32) -> [ClosedRange<UInt32>] {
    guard Int(log) < runsOfLog.count else { return [] }
    return runsOfLog[Int(log)].compactMap { index in
      let run = runs[index]
      let low = max(run.firstSeq, seqs.lowerBound)
      let high = min(run.lastSeq, seqs.upperBound)
      guard low <= high else { return nil }
      return run.firstPosition + (low - run.firstSeq)...run.firstPosition + (high - run.firstSeq)
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The last index for which the condition holds, where it holds for a prefix. O(log n).
  func lastIndex(whereSorted condition: (Element) -> Bool) -> Int? {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low == startIndex ? nil : low - 1
  }
}
