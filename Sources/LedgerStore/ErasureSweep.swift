import GRDB
package import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// Finds and deletes what belongs to erased customers, inside a write transaction.
package struct ErasureSweep {
  private let appender: Appender

  package init(_ appender: Appender) {
    self.appender = appender
  }

  /// What was found of the customers: how many texts were deleted, and whose events these were.
  package typealias Swept = (texts: Int, customers: Set<CustomerID>)

  /// Deletes salts and texts of every event of the customers, and marks that their bytes are to go.
  ///
  /// Also of those that causally follow the erasure: whoever knows of it records no text of theirs, and what merely
  /// observed a log that had seen it need not have known.
  package func deleteTexts(of customers: Set<CustomerID>) throws -> Swept {
    let rows = try rows(of: customers)
    let deleted = try rows.reduce(0) {
      $0 + (try appender.texts.delete(log: $1.log, seq: UInt64($1.seq)))
    }
    if deleted > 0 { try DeletedBytes.markTexts(in: try appender.connection) }
    return (deleted, Set(rows.map(\.customer)))
  }

  /// The items of the customers' responses that are not retracted for good yet.
  ///
  /// `log`: only what was recorded in it; nil: in any.
  package func responses(of customers: Set<CustomerID>, in log: UInt32?) throws -> [ItemID] {
    let submitted = try rows(of: customers).filter {
      $0.kind == .responseSubmitted && (log == nil || $0.log == log)
    }
    let reader = EntryReader(try appender.connection)
    return try submitted.compactMap { row in
      let address = Address(
        log: appender.state.logs[Int(row.log)].id, seq: UInt64(row.seq))
      guard try !isRemoved(row.item) else { return nil }
      guard let entry = try reader.entry(log: row.log, seq: address.seq),
        let event = try? Scorebook_V1_Event(serializedBytes: entry)
      else { return nil }
      return Projector.item(of: event, at: address)
    }
  }

  private func isRemoved(_ item: UInt32) throws -> Bool {
    var rows: [EventRow] = []
    var arena: [UInt8] = []
    try appender.history.appendHistory(
      ofItem: item, tail: appender.state.tail, to: &rows, arena: &arena)
    return rows.contains { $0.kind == .responseRetracted && $0.flags.contains(.erasure) }
  }

  private func rows(of customers: Set<CustomerID>) throws -> [EventRow] {
    var found: [EventRow] = []
    let tail = appender.state.tail
    let sealed = ProjectionPage.number(ofPosition: tail.firstPosition)
    try PageScan(appender.connection).forEachPage(0..<sealed, depth: .customers) { page in
      for run in page.runs {
        for offset in 0..<run.count {
          var row = page.rows.row(Int(run.firstPosition + offset - page.rows.firstPosition))
          guard customers.contains(row.customer) else { continue }
          let index = Int(row.position - page.rows.firstPosition)
          row.item = page.links.link(ofRow: index)?.first ?? row.position
          row.log = run.log
          row.seq = run.firstSeq + offset
          found.append(row)
        }
      }
    }
    return found + tail.rows.filter { customers.contains($0.customer) }
  }
}
