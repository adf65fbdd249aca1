package import LedgerCore

/// An entry where its writer put it. Several ledgers may record the same bytes, and each counts: a hash alone does not
/// tell them apart. Not the program's own type for it: checkers stand apart from what they check.
package struct WrittenEntry: Hashable, Sendable {
  package var address: Address
  package var leaf: Digest256

  package init(address: Address, leaf: Digest256) {
    self.address = address
    self.leaf = leaf
  }
}
