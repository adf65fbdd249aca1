import GRDB
import LedgerCore

/// Finds the events of one item: from its newest, each points to the one before.
final class HistoryReader {
  private var pages: PageCache
  private let selectPage: RawStatement
  private let selectLast: RawStatement
  private let upsertLast: RawStatement
  private let withCustomers: Bool
  private var long: LongHistories
  /// Ends of chains that this transaction has moved.
  private var moved: [UInt32: UInt32] = [:]

  /// `pages`, `long`: what is in memory already; the pages know no customers.
  /// `withCustomers`: rows come with their customers, which only a comparison of a customer's answers needs.
  init(
    _ database: Database, pages: PageCache, long: LongHistories = LongHistories(),
    withCustomers: Bool = false
  ) throws {
    self.pages = withCustomers ? PageCache() : pages
    self.long = withCustomers ? LongHistories() : long
    self.withCustomers = withCustomers
    let customers = withCustomers ? "customers" : "x''"
    selectPage = try RawStatement(
      kept: database, "SELECT runs, links, hot, times, \(customers) FROM page WHERE number = ?")
    selectLast = try RawStatement(kept: database, "SELECT last FROM chain WHERE first = ?")
    upsertLast = try RawStatement(
      kept: database,
      "INSERT INTO chain (first, last) VALUES (?1, ?2) ON CONFLICT (first) DO UPDATE SET last = ?2")
  }

  /// Gives up what is in memory.
  func takeMemory() -> (pages: PageCache, long: LongHistories) {
    defer {
      pages = PageCache()
      long = LongHistories()
    }
    return (pages, long)
  }

  /// A page that was just sealed is likely to be read soon.
  func keep(_ columns: ProjectionPage.Encoded, number: Int) {
    pages.keep(
      PageCache.Page(columns, firstPosition: ProjectionPage.firstPosition(ofPage: number)), number)
  }

  private func page(_ number: Int) throws -> PageCache.Page {
    if let page = pages.page(number) { return page }
    selectPage.bind(Int64(number), at: 1)
    defer { selectPage.reset() }
    guard try selectPage.step() else {
      throw StoreError.damagedView("page \(number) is missing")
    }
    func column(_ index: Int32, _ column: BlobPlace.PageColumn) throws -> [UInt8] {
      Array(try selectPage.checkedBlob(index, of: .page(number, column)))
    }
    keep(
      ProjectionPage.Encoded(
        runs: try column(0, .runs), links: try column(1, .links), hot: try column(2, .hot),
        times: try column(3, .times), customers: withCustomers ? try column(4, .customers) : []),
      number: number)
    guard let page = pages.page(number) else {
      throw StoreError.damagedView("page \(number) is larger than all that may be kept")
    }
    return page
  }

  private func appendRow(
    at position: UInt32, to rows: inout [EventRow], arena: inout [UInt8]
  ) throws -> UInt32 {
    try page(ProjectionPage.number(ofPosition: position)).appendRow(
      at: position, to: &rows, arena: &arena)
  }

  /// The position of the item's newest event; its first where it has one only.
  func last(ofItem first: UInt32) throws -> UInt32 {
    if let last = moved[first] { return last }
    selectLast.bind(Int64(first), at: 1)
    defer { selectLast.reset() }
    return try selectLast.step() ? UInt32(truncatingIfNeeded: selectLast.integer(0)) : first
  }

  func setLast(_ last: UInt32, ofItem first: UInt32) {
    moved[first] = last
  }

  /// Appends every row of the item, the oldest first, payloads appended to `arena`.
  func appendHistory(
    ofItem first: UInt32, tail: TailBuffer, to rows: inout [EventRow], arena: inout [UInt8]
  ) throws {
    let known = long.lastPosition(ofItem: first)
    long.append(item: first, to: &rows, arena: &arena)
    let start = rows.count
    let arenaStart = arena.count
    var position = try last(ofItem: first)
    while position > known {
      let previous =
        position >= tail.firstPosition
        ? try tail.appendRow(at: position, to: &rows, arena: &arena)
        : try appendRow(at: position, to: &rows, arena: &arena)
      // A chain of a torn file may lead to another item, and then would never end.
      guard rows.last?.item == first, previous < position else {
        throw StoreError.damagedView("the chain of the item at position \(first)")
      }
      position = previous
    }
    rows[start...].reverse()
    long.keep(rows[start...], arena: arena, from: arenaStart, ofItem: first)
  }

  /// The first positions of all items that have several events, ascending.
  func linkedItems(_ database: Database) throws -> [UInt32] {
    var items = Set(moved.keys)
    try database.forEachRow("SELECT first FROM chain") {
      items.insert(UInt32(truncatingIfNeeded: $0.integer(0)))
    }
    return items.sorted()
  }

  /// One row by itself, its payload left out; nil past the last position.
  func row(at position: UInt32, tail: TailBuffer) throws -> EventRow? {
    if position >= tail.firstPosition {
      let index = Int(position - tail.firstPosition)
      return index < tail.rows.count ? tail.rows[index] : nil
    }
    var rows: [EventRow] = []
    var arena: [UInt8] = []
    _ = try appendRow(at: position, to: &rows, arena: &arena)
    return rows.first
  }

  /// The same for an event by its place.
  func row(at place: EventPlace, _ state: StoreState) throws -> EventRow? {
    try state.arrivals.position(ofSeq: place.seq, log: place.log).flatMap {
      try row(at: $0, tail: state.tail)
    }
  }

  /// Writes the ends of chains that moved, in ascending order.
  func flush() throws {
    for (first, last) in moved.sorted(by: { $0.key < $1.key }) {
      upsertLast.bind(Int64(first), at: 1)
      upsertLast.bind(Int64(last), at: 2)
      try upsertLast.run()
    }
    moved.removeAll(keepingCapacity: true)
  }
}
