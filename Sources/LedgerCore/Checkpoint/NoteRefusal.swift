/// Why a signed note is not made or not accepted.
public enum NoteRefusal: Error, Hashable, Sendable {
  /// The note is longer than ``NoteLimits/noteBytesMax``.
  case noteTooLong(bytes: Int)
  /// Not UTF-8, or an ASCII control character other than newline.
  case characterNotAllowed
  /// The text does not end in a newline.
  case textUnterminated
  /// No empty line separates the text from the signatures.
  case separatorMissing
  /// Neither `— name base64` nor a terminated line. Counts from 1, after the empty line.
  case signatureLineMalformed(line: Int)
  /// A note has at least one signature and at most ``NoteLimits/signaturesMax``.
  case signatureCount(Int)
  /// The note carries no signature of the verifier's key.
  case signatureMissing(name: NoteName, keyID: NoteKeyID)
  /// A signature under the verifier's name and key id does not hold.
  case signatureWrong(name: NoteName, keyID: NoteKeyID)
  /// The cryptographic library could not sign.
  case signingFailed
}
