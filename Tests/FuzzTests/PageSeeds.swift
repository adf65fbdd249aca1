import FuzzTargets
import LedgerCore
import TestSupport

/// Derived bytes, as the store keeps them.
enum PageSeeds {
  static func all() throws -> [Seed] {
    let rows = rows(12)
    let previous = rows.indices.map { UInt32($0 / 2) }
    let page = ProjectionPage.encode(
      rows[...], previous: previous[...], payload: [UInt8](repeating: 3, count: 64))
    let blocks = ChangeBlock.encode(
      (0..<9).map { number in
        Change(
          position: UInt32(number + 1),
          key: CounterKey(measure: .nps, group: 2, period: 20_000, bucket: Int64(number)), delta: 1)
      }, firstPosition: 1)
    let lengths = [page.hot.count, page.times.count].map { ($0 + 3) / 4 }
    guard lengths.allSatisfy({ $0 < 256 }) else { return [] }
    let whole =
      lengths.map { UInt8($0) } + padded(page.hot) + padded(page.times) + page.customers
    return [
      Seed(.page, "whole", whole), Seed(.page, "links", [0, 0] + page.links),
      Seed(.page, "runs", [0, 0] + page.runs), Seed(.page, "changes", [0, 0] + blocks),
    ]
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  private static func rows(_ count: Int) -> [EventRow] {
    (0..<count).map { index in
      var row = EventRow.none
      row.position = UInt32(index + 1)
      row.item = row.position
      row.seq = UInt32(index + 1)
      row.kind = RowKind.allCases[index % RowKind.allCases.count]
      row.stamp = 1_772_323_200_000_000 + Int64(index)
      row.recorded = row.stamp
      row.occurred = index.isMultiple(of: 3) ? EventRow.unknownTime : row.stamp - 1
      row.customer = CustomerID(high: 1, low: UInt64(index))
      row.payloadOffset = UInt32(index * 4)
      row.payloadCount = 4
      return row
    }
  }
}
