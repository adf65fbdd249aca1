import GRDB

extension StoreError {
  /// SQLite's own error as a case of ours: its extended result code and its message, never a statement's values.
  /// Nil for any other error.
  public init?(sqlite error: any Error) {
    guard let error = error as? DatabaseError else { return nil }
    self = .sqlite(code: error.extendedResultCode.rawValue, message: error.message ?? "")
  }
}
