/// What an import refuses to go beyond, in one place.
public enum ImportLimits {
  /// The bytes of one row, line breaks inside quotes included; a longer row is rejected.
  public static let rowBytesMax = 1 << 20
  /// The bytes of one field, between its quotes if it has any.
  public static let fieldBytesMax = 64 << 10
  /// The fields of one row.
  public static let columnsMax = 4_096
  /// The header rows of one file.
  public static let headerRowsMax = 3
  /// The bytes of one mapping.
  public static let mappingBytesMax = 256 << 10
  /// The bytes of one label value.
  public static let labelBytesMax = 200
  /// The bytes of one external id, joined parts included.
  public static let idBytesMax = 1_024
  /// The tickets of a state log, or the groups of running sums, that one import keeps in mind: some
  /// 150 bytes each, so 150 MB at most. A row that would need one more is rejected.
  public static let trackedKeysMax = 1_000_000
}
