/// The numbers that bound a ledger file.
package enum StoreLimits {
  /// Merkle subtrees are kept from 2^8 leaves on; a proof hashes at most twice that many entries again.
  package static let subtreeLevelMin = 8
  /// A write-ahead log that is longer than this is checkpointed, and then written again from its beginning. It keeps
  /// this length meanwhile: a commit that makes no file longer waits for its own bytes only, and not for the file
  /// system to write down the new length too.
  package static let walBytesMax = 8 << 20
  /// Who waits for a lock of SQLite gives up after so long.
  package static let busySeconds = 10
}
