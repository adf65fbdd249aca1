/// A log's tree head as it is signed: origin, size and root, a line each, and nothing more.
///
/// ```
/// scorebook/<ledger>/<log>
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
/// ```
///
/// Extension lines are refused: no one audits them. Numbers and base 64 are canonical, so that one
/// head has one text.
///
/// Source: c2sp.org/tlog-checkpoint.
public struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
  /// Which log; ``CheckpointOrigin`` for the logs of a ledger.
  public let origin: NoteName
  /// The number of entries.
  public let size: UInt64
  /// The root of the tree of that size.
  public let root: Digest256

  /// Takes a head as it is; nothing is signed yet.
  public init(origin: NoteName, size: UInt64, root: Digest256) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Parses the text of a note. Never traps, whatever the bytes are. O(bytes).
  public init(parsing text: [UInt8]) throws(CheckpointRefusal) {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // Three terminated lines are four parts, of which the last is empty.
    guard lines.count == 4, lines[3].isEmpty else { throw .lineCount }
    guard let origin = NoteName(bytes: lines[0]) else { throw .originMalformed }
    guard let size = Self.size(lines[1]) else { throw .sizeMalformed }
    guard let rootBytes = Base64.decode(lines[2]), let root = Digest256(bytes: rootBytes) else {
      throw .rootMalformed
    }
    self.init(origin: origin, size: size, root: root)
  }

  /// The text of the note; parses back to the same checkpoint.
  public var text: [UInt8] { Array(description.utf8) }

  /// Three lines, each with its newline.
  public var description: String { "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n" }

  /// Nil unless the digits are the shortest form of a number below 2^64. `UInt64.init` alone takes
  /// `+1` and `01`.
  private static func size(_ digits: ArraySlice<UInt8>) -> UInt64? {
    let text = String(decoding: digits, as: UTF8.self)
    guard let size = UInt64(text), String(size).utf8.elementsEqual(digits) else { return nil }
    return size
  }
}
