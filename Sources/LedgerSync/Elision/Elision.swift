import LedgerCore

/// What is left out of a frame on the way, or stands elsewhere in it, as its reader can put it back: hashes are what no
/// compression makes smaller, and of a thousand events they are much.
package struct Elision: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// What an entry commits to, where the text is in the same batch.
  package static let commitments = Elision(rawValue: 1)
  /// A head, where its checkpoint states the same.
  package static let heads = Elision(rawValue: 2)

  /// What the entries of a run say first: it travels field by field.
  package static let columns = Elision(rawValue: 4)

  /// Of a bundle and a file in a shared folder: who cannot read the whole of it still reads its hello.
  package static let files: Elision = [.commitments, .columns]
  /// Of what two programs say to each other that speak this version.
  package static let connections = connections(version: SyncLimits.protocolVersion)

  /// The same, where one of them is older.
  package static func connections(version: UInt32) -> Elision {
    if version < 2 { return [] }
    return version == 2 ? [.commitments, .heads] : [.commitments, .heads, .columns]
  }
}
