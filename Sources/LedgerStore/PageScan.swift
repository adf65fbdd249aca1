package import GRDB
package import LedgerCore

/// Reads the projection in ascending order of position.
package struct PageScan {
  /// Which columns a question needs; each includes those before it.
  package enum Depth: String, Sendable {
    case links = "number, runs, links"
    case hot = "number, runs, links, hot"
    case times = "number, runs, links, hot, times"
    case customers = "number, runs, links, hot, times, customers"
  }

  /// A page as it lies in SQLite's memory, valid for one step.
  package struct Page {
    package let number: Int
    package let runs: [ProjectionPage.Run]
    package let links: PageLinksView
    package let rows: ProjectionPageView
  }

  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func forEachPage(
    _ numbers: Range<Int>, depth: Depth, _ body: (Page) throws -> Void
  ) throws {
    let statement = try RawStatement(
      database,
      "SELECT \(depth.rawValue) FROM page WHERE number >= ? AND number < ? ORDER BY number")
    statement.bind(Int64(numbers.lowerBound), at: 1)
    statement.bind(Int64(numbers.upperBound), at: 2)
    defer { statement.reset() }
    while try statement.step() {
      let number = Int(statement.integer(0))
      let first = UInt32(number * ProjectionPage.rowCountMax + 1)
      try body(
        Page(
          number: number,
          runs: ProjectionPage.decodeRuns(
            try statement.checkedBlob(1, of: .page(number, .runs)), firstPosition: first),
          links: PageLinksView(
            try statement.checkedBlob(2, of: .page(number, .links)), firstPosition: first),
          rows: try rows(ofPage: number, statement, depth: depth)))
    }
  }

  private func rows(
    ofPage number: Int, _ statement: RawStatement, depth: Depth
  ) throws -> ProjectionPageView {
    guard depth != .links else {
      return ProjectionPageView(hot: UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let hot = try statement.checkedBlob(3, of: .page(number, .hot))
    guard depth != .hot else { return ProjectionPageView(hot: hot) }
    let times = try statement.checkedBlob(4, of: .page(number, .times))
    guard depth != .times else { return ProjectionPageView(hot: hot, times: times) }
    return ProjectionPageView(
      hot: hot, times: times,
      customers: try statement.checkedBlob(5, of: .page(number, .customers)))
  }

  /// The items that an import batch has an event of.
  func items(ofBatch batch: UInt32, tail: TailBuffer) throws -> [UInt32] {
    var items: Set<UInt32> = []
    let sealed = ProjectionPage.number(ofPosition: tail.firstPosition)
    try forEachPage(0..<sealed, depth: .hot) { page in
      for index in 0..<page.rows.count where page.rows.batch(ofRow: index) == batch {
        guard page.rows.kind(ofRow: index).isFolded else { continue }
        let position = page.rows.firstPosition + UInt32(index)
        items.insert(page.links.link(ofRow: index)?.first ?? position)
      }
    }
    for row in tail.rows where row.batch == batch && row.kind.isFolded {
      items.insert(row.item)
    }
    return items.sorted()
  }
}
