import LedgerCore
import Testing
import TestSupport

@Suite struct `Fold: pages` {
  private func rows(
    _ count: Int, using random: inout SplitMix64
  ) -> (rows: [EventRow], previous: [UInt32], payload: [UInt8]) {
    var payload: [UInt8] = []
    var previous: [UInt32] = []
    let rows = (0..<count).map { index in
      var row = EventRow.none
      row.position = UInt32(index + 1)
      row.item = row.position
      row.kind = RowKind.allCases.randomElement(using: &random) ?? .notFolded
      row.stamp = Int64.random(in: -1_000...9_000_000_000_000_000, using: &random)
      row.recorded = row.stamp - Int64.random(in: 0...90_000_000, using: &random)
      row.occurred = Bool.random(using: &random) ? EventRow.unknownTime : row.recorded - 1
      row.day = Int32.random(in: -5...30_000, using: &random)
      row.labels = UInt32.random(in: 0...70_000, using: &random)
      row.customer = CustomerID(high: random.next(), low: random.next())
      row.payloadOffset = UInt32(payload.count)
      row.payloadCount = UInt32.random(in: 0...9, using: &random)
      payload.append(contentsOf: (0..<row.payloadCount).map { UInt8($0) })
      previous.append(index > 0 && Bool.random(using: &random) ? UInt32(index) : 0)
      return row
    }
    return (rows, previous, payload)
  }

  @Test(arguments: Seeds.all)
  func `a page gives back every row`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...200, using: &random)
    let (rows, previous, payload) = rows(count, using: &random)
    let page = ProjectionPage.encode(rows[...], previous: previous[...], payload: payload)
    read(page) { view, links in
      #expect(view.count == count)
      for (index, row) in rows.enumerated() {
        let found = view.row(index)
        #expect(found.position == row.position && found.kind == row.kind)
        #expect(found.stamp == row.stamp && found.recorded == row.recorded)
        #expect(found.occurred == row.occurred && found.day == row.day)
        #expect(found.labels == row.labels && found.customer == row.customer)
        #expect(Array(view.payload[found.payloadRange]) == Array(payload[row.payloadRange]))
        #expect((links.link(ofRow: index)?.previous ?? 0) == previous[index])
      }
    }
  }

  @Test(arguments: Seeds.all)
  func `cut or flipped bytes never trap`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (rows, previous, payload) = rows(30, using: &random)
    let whole = ProjectionPage.encode(rows[...], previous: previous[...], payload: payload)
    for _ in 0..<200 {
      var page = whole
      damage(&page.hot, using: &random)
      damage(&page.links, using: &random)
      damage(&page.times, using: &random)
      damage(&page.customers, using: &random)
      damage(&page.runs, using: &random)
      read(page) { view, links in
        for index in 0..<min(view.count, 40) { _ = view.row(index) }
        for index in 0..<min(links.count, 40) { _ = links[index] }
        _ = links.link(ofRow: 3)
      }
      page.runs.withUnsafeBytes { _ = ProjectionPage.decodeRuns($0, firstPosition: 1) }
    }
  }

  @Test(arguments: Seeds.all)
  func `blocks of changes give back every change`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let changes = (0..<50).map { index in
      Change(
        position: UInt32(4_097 + index),
        key: CounterKey(
          measure: .nps, group: UInt32.random(in: 0...300, using: &random),
          period: Int32.random(in: -9...30_000, using: &random),
          bucket: Int64(truncatingIfNeeded: random.next())),
        delta: Int64.random(in: -3...3, using: &random))
    }
    let bytes = ChangeBlock.encode(changes, firstPosition: 4_097)
    var found: [Change] = []
    bytes.withUnsafeBytes {
      ChangeBlock.forEachChange(in: $0, of: .nps, firstPosition: 4_097) { found.append($0) }
    }
    #expect(found == changes)
  }

  private func read(
    _ page: ProjectionPage.Encoded, _ body: (ProjectionPageView, PageLinksView) -> Void
  ) {
    page.hot.withUnsafeBytes { hot in
      page.times.withUnsafeBytes { times in
        page.customers.withUnsafeBytes { customers in
          page.links.withUnsafeBytes { links in
            body(
              ProjectionPageView(hot: hot, times: times, customers: customers),
              PageLinksView(links, firstPosition: 1))
          }
        }
      }
    }
  }

  /// Cuts the end off, or changes a byte.
  private func damage(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    if Bool.random(using: &random) {
      bytes.removeLast(Int.random(in: 0...min(20, bytes.count), using: &random))
    } else {
      bytes[Int.random(in: 0..<min(24, bytes.count), using: &random)] = UInt8(random.next() & 0xFF)
    }
  }
}
