/// The limits of a signed note. C2SP asks verifiers for a limit and for no fewer than 16
/// signatures.
public enum NoteLimits {
  /// Text and signatures together.
  public static let noteBytesMax = 16 * 1_024
  /// Signature lines of one note.
  public static let signaturesMax = 16
}
