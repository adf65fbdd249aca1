import GRDB
import LedgerCore

extension Appender {
  /// Of what another event repeats already only one counts: this one, if it is the first in canonical order.
  func noteRepetition(of entry: TailEntry, by row: EventRow) throws {
    let table = RepetitionTable(database)
    try table.add(Repetitions.Repetition(place: row.place, stamp: row.stamp), of: entry)
    let before = state.doubles(of: entry)
    state.repetitions.set(try table.repetitions(of: entry), of: entry)
    try changeDoubles(from: before, to: state.doubles(of: entry))
  }

  /// Where other logs count than before, another repetition may be the first.
  func reviewDoubles() throws {
    try changeDoubles(
      from: state.fold.doubles, to: state.doubles(counted: state.limits, state.membership))
  }

  private func changeDoubles(from before: Doubles, to after: Doubles) throws {
    let changed = before.members(differingFrom: after)
    guard before != after else { return }
    var items: Set<UInt32> = []
    for place in changed {
      guard let row = try history.row(at: place, state), row.kind.isFolded else { continue }
      items.insert(row.item)
    }
    try refold(items.sorted()) {
      state.fold.doubles.subtract(before)
      state.fold.doubles.formUnion(after)
    }
  }
}
