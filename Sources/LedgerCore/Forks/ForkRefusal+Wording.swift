/// What is wrong with a proof, for whoever checks one.
extension ForkRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "a part of it is not what it has to be"
    case .sameEntry: "both branches say the same"
    case .head(let branch, .signature):
      "the log's key has not signed the head of branch \(branch + 1)"
    case .head(let branch, _):
      "what is said of branch \(branch + 1) leads to no head that the log's key has signed"
    case .entry(let branch, _): "the entry of branch \(branch + 1) is not proven to be in its log"
    case .otherKey(let branch): "branch \(branch + 1) begins with another key than the log's"
    case .prefixDiffers: "the branches differ before the entry that is shown"
    }
  }
}
