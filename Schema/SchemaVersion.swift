/// The two version numbers of a ledger file, and the file's magic.
package enum SchemaVersion {
  /// `application_id` of a ledger file: "SBK1".
  package static let applicationID: Int32 = 0x53_42_4B_31

  /// The canonical part (`log.sql`, `local.sql`): a file with a greater number is from a newer program and is refused.
  package static let canonical = 1

  /// The derived part (`views.sql`): a file with another number is rebuilt.
  package static let derived = 8
}
