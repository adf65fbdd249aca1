/// Why a checkpoint is not accepted.
public enum CheckpointRefusal: Error, Hashable, Sendable {
  /// Not exactly three terminated lines.
  case lineCount
  /// The first line is not a name.
  case originMalformed
  /// The second line is not the shortest decimal form of a number below 2^64.
  case sizeMalformed
  /// The third line is not the canonical base 64 of 32 bytes.
  case rootMalformed
  /// The log's key signed a checkpoint of another origin.
  case originDiffers(NoteName)
  /// The note around the checkpoint is refused.
  case note(NoteRefusal)
}
