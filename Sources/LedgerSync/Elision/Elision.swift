/// What is left out of a frame on the way, as its reader can compute it: hashes are what no compression makes smaller,
/// and of a thousand events they are much.
package struct Elision: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// What an entry commits to, where the text is in the same batch.
  package static let commitments = Elision(rawValue: 1)
  /// A head, where its checkpoint states the same.
  package static let heads = Elision(rawValue: 2)

  /// Of a bundle and a file in a shared folder: who cannot read the whole of it still reads its hello.
  package static let files: Elision = [.commitments]
  /// Of what two programs say to each other that know each other's version.
  package static let connections: Elision = [.commitments, .heads]
}
