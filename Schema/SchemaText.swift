/// The three SQL texts, embedded in the program.
package enum SchemaText {
  /// Canonical tables.
  package static let log = text(PackageResources.log_sql)

  /// Local tables.
  package static let local = text(PackageResources.local_sql)

  /// Derived tables.
  package static let views = text(PackageResources.views_sql)

  /// The names of the derived tables, in the order of their creation.
  package static let viewTables = views.split(separator: "\n")
    .filter { $0.hasPrefix("CREATE TABLE ") }
    .compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
