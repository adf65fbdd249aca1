/// One signature line of a note, verified or not: `— name base64(key id ‖ signature)`.
public struct NoteSignature: Hashable, Sendable {
  /// Who claims to have signed.
  public let name: NoteName
  /// Which of the keys of that name.
  public let keyID: NoteKeyID
  /// As the key's algorithm makes it: 64 bytes for Ed25519. Not empty.
  public let bytes: [UInt8]

  /// Puts a signature line together.
  ///
  /// - Precondition: `bytes` is not empty.
  public init(name: NoteName, keyID: NoteKeyID, bytes: [UInt8]) {
    precondition(!bytes.isEmpty, "A signature has at least one byte (key: \(name)).")
    self.name = name
    self.keyID = keyID
    self.bytes = bytes
  }

  /// Nil unless the line, without its newline, has exactly this form.
  init?(line: ArraySlice<UInt8>) {
    guard line.starts(with: Self.mark) else { return nil }
    let parts = line.dropFirst(Self.mark.count)
      .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let name = NoteName(bytes: parts[0]),
      let payload = Base64.decode(parts[1]), payload.count > Self.keyIDByteCount
    else { return nil }
    let keyID = payload.prefix(Self.keyIDByteCount).reduce(0) { $0 << 8 | UInt32($1) }
    self.init(
      name: name, keyID: NoteKeyID(keyID), bytes: Array(payload.dropFirst(Self.keyIDByteCount)))
  }

  /// The line without its newline.
  var line: [UInt8] {
    Self.mark + name.bytes + [UInt8(ascii: " ")] + Base64.encode(keyID.bytes + bytes).utf8
  }

  /// An em dash and a space.
  private static let mark = Array<UInt8>("\u{2014} ".utf8)
  private static let keyIDByteCount = 4
}
