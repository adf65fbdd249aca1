import LedgerCore

extension StoreState {
  /// The events that count nothing in a cut because they repeat what another one repeats.
  ///
  /// `counted`: how far each log counts, by log number.
  func doubles(counted: [UInt32]) -> Set<EventPlace> {
    repetitions.isEmpty ? [] : repetitions.doubles(rank(counted: counted))
  }

  func doubles(of entry: TailEntry) -> Set<EventPlace> {
    repetitions.doubles(of: entry, rank(counted: limits))
  }

  /// How far each log counts now, by log number.
  var limits: [UInt32] { logs.map(\.limit) }

  private func rank(counted: [UInt32]) -> Repetitions.Rank {
    Repetitions.Rank(logs: fold.logs, counted: counted, membership: membership)
  }
}
