/// What one line may hold at most. A line beyond a limit is refused, never cut.
public enum CloudEventLimits {
  /// Bytes of a line without its line break: 1 MiB.
  public static let lineBytesMax = 1_048_576

  /// UTF-8 bytes of any one string, names included: 64 KiB.
  public static let stringBytesMax = 65_536

  /// Levels of objects and lists; the line's own object is the first.
  public static let levelsMax = 16

  /// Members of `labels`, and elements of `flags`, `texts`, `conflicts` and `causes`.
  public static let entriesMax = 1_000

  /// Characters of a refused value that a refusal repeats.
  static let echoedCharactersMax = 80
}
