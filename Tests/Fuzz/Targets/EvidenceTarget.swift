import FeedbackLedger
import Foundation

/// A file of evidence as it lies there.
enum EvidenceTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let file = try? EvidenceFile(checking: Data(bytes)) else { return }
    try law("evidence that is passed on says the same") {
      try EvidenceFile(checking: file.data) == file
    }
  }
}
