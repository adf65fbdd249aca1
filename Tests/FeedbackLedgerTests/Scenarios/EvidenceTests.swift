import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// The proof of a fork as a file that stands by itself.
@Suite("Evidence of forks") struct EvidenceTests {
  @Test func `a file proves the fork to somebody who holds no ledger`() throws {
    let (company, file) = try forked()
    let read = try EvidenceFile(checking: file.data)
    #expect(read == file)
    #expect(read.site == "branch" && read.branches.count == 2)
    #expect(read.ledger == company.hub.ledgerID.description)
    #expect(read.branches[0].leaf != read.branches[1].leaf)
    #expect(try company.branch.evidence().map(\.log) == [file.log])
    #expect(try company.hub.evidence(of: company.hub.log).isEmpty)
  }

  @Test func `every changed byte of it is refused, or changes nothing that it says`() throws {
    let (_, file) = try forked()
    let data = try file.data
    var random = SplitMix64(seed: 9)
    for _ in 0..<500 {
      var bytes = Array(data)
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      guard let read = try? EvidenceFile(checking: Data(bytes)) else { continue }
      // The site's name is not proven, and said to be so.
      #expect(read.proof == file.proof && read.branches == file.branches, "byte \(place)")
      #expect(read.publicKey == file.publicKey && read.log == file.log, "byte \(place)")
    }
  }

  @Test func `evidence says nothing about another ledger or key`() throws {
    let (_, file) = try forked()
    let text = String(decoding: try file.data, as: UTF8.self)
    for (right, wrong) in [
      (file.ledger, String(file.ledger.reversed())), (file.log, String(file.log.reversed())),
      (file.publicKey, Data(count: 32).base64EncodedString()),
      (file.proof, String(file.proof.dropLast(4))),
      ("\"commonSeq\" : 4", "\"commonSeq\" : 3"),
    ] {
      let changed = text.replacing(right, with: wrong)
      #expect(changed != text, "\(right) is not in the file")
      #expect(throws: EvidenceRefusal.self) { try EvidenceFile(checking: Data(changed.utf8)) }
    }
    #expect(throws: EvidenceRefusal.otherFormat) { try EvidenceFile(checking: Data("{}".utf8)) }
  }

  private func forked() throws -> (Company, EvidenceFile) {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    for ledger in [company.branch, twin, company.branch] { _ = try ledger.sync(with: company.hub) }
    return (company, try #require(try company.hub.evidence().first))
  }
}
