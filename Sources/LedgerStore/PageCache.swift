import LedgerCore

/// Sealed pages in memory, the newest ones kept: histories reach back, and mostly not far.
///
/// A sealed page never changes, so what one transaction has read serves the next.
/// Customers are mostly left out: no kept
/// counter depends on them, and they are half of a page.
package struct PageCache: Sendable {
  package struct Page: Sendable {
    let runs: [ProjectionPage.Run]
    let links: [UInt8]
    let hot: [UInt8]
    let times: [UInt8]
    /// Empty where nobody asked for them.
    let customers: [UInt8]

    var byteCount: Int { links.count + hot.count + times.count + customers.count }

    init(_ columns: ProjectionPage.Encoded, firstPosition: UInt32) {
      runs = columns.runs.withUnsafeBytes {
        ProjectionPage.decodeRuns($0, firstPosition: firstPosition)
      }
      links = columns.links
      hot = columns.hot
      times = columns.times
      customers = columns.customers
    }
  }

  private var pages: [Int: Page] = [:]
  /// In the order in which they came; the ones before `oldest` are gone.
  private var order: [Int] = []
  private var oldest = 0
  private let bytesMax: Int
  private var bytesHeld = 0

  package init(bytesMax: Int = 32 << 20) {
    self.bytesMax = bytesMax
  }

  package func page(_ number: Int) -> Page? { pages[number] }

  package mutating func keep(_ page: Page, _ number: Int) {
    guard pages.updateValue(page, forKey: number) == nil else { return }
    order.append(number)
    bytesHeld += page.byteCount
    while bytesHeld > bytesMax, oldest < order.count {
      if let dropped = pages.removeValue(forKey: order[oldest]) { bytesHeld -= dropped.byteCount }
      oldest += 1
    }
    guard oldest > 1_024 else { return }
    order.removeFirst(oldest)
    oldest = 0
  }
}

extension PageCache.Page {
  /// Appends the row at a position, its payload appended to `arena`; returns the item's event before it, 0 = none.
  func appendRow(
    at position: UInt32, to rows: inout [EventRow], arena: inout [UInt8]
  ) -> UInt32 {
    let number = ProjectionPage.number(ofPosition: position)
    let index = Int(position) - number * ProjectionPage.rowCountMax - 1
    var row = hot.withUnsafeBytes { hot in
      times.withUnsafeBytes { times in
        customers.withUnsafeBytes { customers in
          let view = ProjectionPageView(hot: hot, times: times, customers: customers)
          var row = view.row(index)
          let payload = view.payload[row.payloadRange]
          row.payloadOffset = UInt32(arena.count)
          arena.append(contentsOf: payload)
          return row
        }
      }
    }
    if let run = runs.last(where: { $0.firstPosition <= position }) {
      row.log = run.log
      row.seq = run.firstSeq + (position - run.firstPosition)
    }
    let first = UInt32(number * ProjectionPage.rowCountMax + 1)
    let link = links.withUnsafeBytes {
      PageLinksView($0, firstPosition: first).link(ofRow: index)
    }
    row.item = link?.first ?? position
    rows.append(row)
    return link?.previous ?? 0
  }
}
