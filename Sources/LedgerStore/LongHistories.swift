import LedgerCore

/// Long histories that were read lately: an item that has many events is likely to get the next one too.
///
/// An event that has come stays as it is and where it is, so what one transaction has read serves the next. Without
/// this, each new event of an item with thousands would read them all from their pages.
package struct LongHistories: Sendable {
  private struct Held {
    var history: ItemHistory
    var used: Int
  }

  private var held: [UInt32: Held] = [:]
  private var rowCount = 0
  private var uses = 0
  private static let rowCountMin = 8
  /// 88 bytes each, and what they carry.
  private static let rowCountMax = 131_072

  package init() {}

  /// The position of the newest event that is held of an item; 0 = none.
  func lastPosition(ofItem first: UInt32) -> UInt32 {
    held[first]?.history.lastPosition ?? 0
  }

  /// Appends what is held of an item, the oldest first.
  func append(item first: UInt32, to rows: inout [EventRow], arena: inout [UInt8]) {
    held[first]?.history.append(to: &rows, arena: &arena)
  }

  /// Keeps the events of an item that came after those that are held: `rows`, the oldest first, payloads in `arena`
  /// from `arenaStart` on.
  mutating func keep(
    _ rows: ArraySlice<EventRow>, arena: [UInt8], from arenaStart: Int, ofItem first: UInt32
  ) {
    guard rows.count >= Self.rowCountMin || held[first] != nil else { return }
    uses += 1
    rowCount += rows.count
    held[first, default: Held(history: ItemHistory(), used: 0)].history
      .append(rows, arena: arena, from: arenaStart)
    held[first]?.used = uses
    if rowCount > Self.rowCountMax { dropOlderHalf() }
  }

  private mutating func dropOlderHalf() {
    for (first, dropped) in held.sorted(by: { $0.value.used < $1.value.used }) {
      guard rowCount > Self.rowCountMax / 2 else { return }
      held[first] = nil
      rowCount -= dropped.history.count
    }
  }
}
