import LedgerCore

/// How far the files of a folder bring a ledger that holds nothing: of each log up to the first gap.
struct FolderCoverage {
  private(set) var clock = VectorClock()

  init(_ stretches: [SharedFolder.Stretch]) {
    var seqs: [LogID: [ClosedRange<UInt64>]] = [:]
    for stretch in stretches {
      for (log, range) in stretch.seqs { seqs[log, default: []].append(range) }
    }
    for (log, ranges) in seqs {
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
      where range.lowerBound <= clock[log] + 1 {
        clock[log] = max(clock[log], range.upperBound)
      }
    }
  }
}
