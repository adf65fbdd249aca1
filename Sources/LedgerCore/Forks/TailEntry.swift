package import LedgerSchema

/// Names an entry of a forked log: two branches have different ones at one address, so the leaf hash belongs to it.
package struct TailEntry: Hashable, Sendable {
  package let address: Address
  package let leaf: Digest256

  package init(address: Address, leaf: Digest256) {
    self.address = address
    self.leaf = leaf
  }

  /// Nil when the message names nothing.
  package init?(_ message: Scorebook_V1_ForkTailRepeated) {
    guard let log = LogID(bytes: message.repeats.log), let leaf = Digest256(bytes: message.leaf)
    else { return nil }
    self.init(address: Address(log: log, seq: message.repeats.seq), leaf: leaf)
  }
}
