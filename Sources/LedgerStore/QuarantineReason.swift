package import LedgerCore

/// Why bytes are kept aside. Its text is a part of the file, and does not change.
package enum QuarantineReason: Hashable, Sendable {
  /// An entry of a forked log: it stands in the branch whose first entry after the fork has this leaf hash.
  case branch(Digest256)
  /// The kind of the refusal, as it travels.
  case refused(kind: String)

  var text: String {
    switch self {
    case .branch(let leaf): "\(Self.branchPrefix)\(leaf)"
    case .refused(let kind): "refused \(kind)"
    }
  }

  /// What the texts of branches begin with, and no other one.
  static let branchPrefix = "fork "
}
