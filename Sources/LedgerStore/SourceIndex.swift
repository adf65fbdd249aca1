package import GRDB
package import LedgerCore

/// Which source rows are in the ledger already, and who may not come back.
package struct SourceIndex {
  /// What is known of a source row.
  package enum Finding: Equatable, Sendable {
    case new
    /// The same content under the same id and revision.
    case duplicate(position: UInt32)
    /// Other content under the same id and revision.
    case conflict(position: UInt32)
  }

  private let select: RawStatement
  private let selectErased: RawStatement
  /// Most ledgers have erased nobody, and every event with a customer asks.
  private let hasErased: Bool

  package init(_ database: Database) throws {
    select = try RawStatement(
      kept: database, "SELECT content, position FROM source_key WHERE key = ? AND revision = ?")
    selectErased = try RawStatement(
      kept: database, "SELECT 1 FROM erased_customer WHERE customer = ? LIMIT 1")
    let anyErased = try RawStatement(kept: database, "SELECT 1 FROM erased_customer LIMIT 1")
    hasErased = try anyErased.step()
    anyErased.reset()
  }

  package func finding(_ source: SourceKey) throws -> Finding {
    select.bind(source.key, at: 1)
    select.bind(source.revision, at: 2)
    defer { select.reset() }
    guard try select.step() else { return .new }
    let position = UInt32(truncatingIfNeeded: select.integer(1))
    return select.bytes(0) == source.content
      ? .duplicate(position: position) : .conflict(position: position)
  }

  package func isErased(_ customer: CustomerID) throws -> Bool {
    guard hasErased else { return false }
    selectErased.bind(customer.bytes, at: 1)
    defer { selectErased.reset() }
    return try selectErased.step()
  }
}
