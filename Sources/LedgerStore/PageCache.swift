package import GRDB
package import LedgerCore

/// Pages as bytes, the recently used ones kept: histories reach back, and mostly not far.
package final class PageCache {
  package struct Page {
    package let runs: [ProjectionPage.Run]
    package let columns: ProjectionPage.Encoded

    var byteCount: Int {
      columns.links.count + columns.hot.count + columns.times.count + columns.customers.count
    }
  }

  private var pages: [Int: Page] = [:]
  private var order: [Int] = []
  private let bytesMax: Int
  private var bytesHeld = 0
  private let select: RawStatement

  package init(_ database: Database, bytesMax: Int = 64 << 20) throws {
    self.bytesMax = bytesMax
    select = try RawStatement(
      kept: database, "SELECT runs, links, hot, times, customers FROM page WHERE number = ?")
  }

  package func page(_ number: Int) throws -> Page {
    if let page = pages[number] { return page }
    select.bind(Int64(number), at: 1)
    defer { select.reset() }
    guard try select.step() else { throw StoreError.damagedView("page \(number) is missing") }
    let first = UInt32(number * ProjectionPage.rowCountMax + 1)
    let page = Page(
      runs: ProjectionPage.decodeRuns(select.blob(0), firstPosition: first),
      columns: ProjectionPage.Encoded(
        runs: [], links: select.bytes(1), hot: select.bytes(2), times: select.bytes(3),
        customers: select.bytes(4)))
    keep(page, number)
    return page
  }

  /// Appends the row at a position, its payload appended to `arena`; returns the item's event before it, 0 = none.
  package func appendRow(
    at position: UInt32, to rows: inout [EventRow], arena: inout [UInt8]
  ) throws -> UInt32 {
    let number = ProjectionPage.number(ofPosition: position)
    let page = try page(number)
    let index = Int(position) - number * ProjectionPage.rowCountMax - 1
    var row = page.columns.hot.withUnsafeBytes { hot in
      page.columns.times.withUnsafeBytes { times in
        page.columns.customers.withUnsafeBytes { customers in
          let view = ProjectionPageView(hot: hot, times: times, customers: customers)
          var row = view.row(index)
          let payload = view.payload[row.payloadRange]
          row.payloadOffset = UInt32(arena.count)
          arena.append(contentsOf: payload)
          return row
        }
      }
    }
    if let run = page.runs.last(where: { $0.firstPosition <= position }) {
      row.log = run.log
      row.seq = run.firstSeq + (position - run.firstPosition)
    }
    let first = UInt32(number * ProjectionPage.rowCountMax + 1)
    let link = page.columns.links.withUnsafeBytes {
      PageLinksView($0, firstPosition: first).link(ofRow: index)
    }
    row.item = link?.first ?? position
    rows.append(row)
    return link?.previous ?? 0
  }

  private func keep(_ page: Page, _ number: Int) {
    pages[number] = page
    order.append(number)
    bytesHeld += page.byteCount
    while bytesHeld > bytesMax, let oldest = order.first {
      order.removeFirst()
      guard let dropped = pages.removeValue(forKey: oldest) else { continue }
      bytesHeld -= dropped.byteCount
    }
  }
}
