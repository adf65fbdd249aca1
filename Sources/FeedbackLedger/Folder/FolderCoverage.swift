import LedgerCore

/// How far the files of a folder bring a ledger that holds nothing: of each log up to the first gap.
struct FolderCoverage {
  private(set) var clock = VectorClock()

  /// `parts`: what the files hold of each log.
  init(_ parts: [(log: LogID, seqs: ClosedRange<UInt64>)]) {
    var seqs: [LogID: [ClosedRange<UInt64>]] = [:]
    for part in parts { seqs[part.log, default: []].append(part.seqs) }
    for (log, ranges) in seqs {
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
      where range.lowerBound <= clock[log] + 1 {
        clock[log] = max(clock[log], range.upperBound)
      }
    }
  }
}
