import LedgerCore

extension StoreState {
  /// The events that count nothing in a cut because they repeat what another one repeats.
  ///
  /// `counted`: how far each log counts, by log number.
  /// `membership`: that of the cut, which says who may speak for whom.
  func doubles(counted: [UInt32], _ membership: Membership?) -> Doubles {
    guard !repetitions.isEmpty else { return Doubles() }
    return repetitions.doubles(
      Repetitions.Rank(logs: fold.logs, counted: counted, membership: membership))
  }

  func doubles(of entry: TailEntry) -> Doubles {
    repetitions.doubles(
      of: entry, Repetitions.Rank(logs: fold.logs, counted: limits, membership: membership))
  }

  /// How far each log counts now, by log number.
  var limits: [UInt32] { logs.map(\.limit) }
}
