package import GRDB
import GRDBSQLite

/// A prepared statement bound and stepped without GRDB's value boxing: the per-event path binds five values half a
/// million times a second. GRDB still owns the statement, so its errors, its cache and its closing hold.
package final class RawStatement {
  private let owner: Statement
  private let pointer: OpaquePointer

  package init(_ database: Database, _ sql: String) throws {
    owner = try database.makeStatement(sql: sql)
    pointer = owner.sqliteStatement
  }

  /// Prepared once for a connection rather than each time.
  ///
  /// - Precondition: nobody else steps the same text before this one is reset.
  package init(kept database: Database, _ sql: String) throws {
    owner = try database.cachedStatement(sql: sql)
    pointer = owner.sqliteStatement
  }

  package func bind(_ value: Int64, at index: Int32) {
    sqlite3_bind_int64(pointer, index, value)
  }

  package func bind(_ value: String, at index: Int32) {
    // SQLITE_TRANSIENT: SQLite copies the text before this returns.
    sqlite3_bind_text(
      pointer, index, value, Int32(value.utf8.count),
      unsafeBitCast(-1, to: sqlite3_destructor_type.self))
  }

  /// The bytes must stay where they are until the statement was stepped and reset.
  package func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
    if bytes.isEmpty {
      sqlite3_bind_zeroblob(pointer, index, 0)
    } else {
      sqlite3_bind_blob64(pointer, index, bytes.baseAddress, UInt64(bytes.count), nil)
    }
  }

  package func bind(_ bytes: [UInt8], at index: Int32) {
    bytes.withUnsafeBytes { buffer in
      _ = sqlite3_bind_blob64(
        pointer, index, buffer.baseAddress ?? UnsafeRawPointer(pointer), UInt64(buffer.count),
        unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }

  /// True when there is a row.
  package func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      defer { sqlite3_reset(pointer) }
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: String(cString: sqlite3_errmsg(sqlite3_db_handle(pointer))), sql: owner.sql)
    }
  }

  package func reset() {
    sqlite3_reset(pointer)
  }

  /// Steps once and resets: for statements that return nothing.
  package func run() throws {
    _ = try step()
    reset()
  }

  package func integer(_ column: Int32) -> Int64 {
    sqlite3_column_int64(pointer, column)
  }

  /// A count or a seq; 0 for a negative one, which only a torn file holds.
  package func unsigned(_ column: Int32) -> UInt64 {
    UInt64(clamping: integer(column))
  }

  /// Valid until the next step or reset.
  package func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    // The pointer first: asking for the length may convert the value.
    let start = sqlite3_column_blob(pointer, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
  }

  package func bytes(_ column: Int32) -> [UInt8] {
    Array(blob(column))
  }

  package func text(_ column: Int32) -> String {
    String(decoding: blob(column), as: UTF8.self)
  }

  /// All values of the row, each with its type and length: equal exactly when the rows are.
  package func encodedValues() -> [UInt8] {
    var bytes: [UInt8] = []
    for column in 0..<sqlite3_column_count(pointer) {
      let type = sqlite3_column_type(pointer, column)
      bytes.append(UInt8(truncatingIfNeeded: type))
      let value = blob(column)
      withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: value)
    }
    return bytes
  }
}
