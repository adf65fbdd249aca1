import Crypto
import LedgerCore
import LedgerSchema
import SwiftProtobuf
import Testing
import TestSupport

@Suite struct `Evidence of a fork` {
  private static let commons = Array(0...9) + [15, 16, 17, 31, 64]

  @Test(arguments: commons)
  func `holds for every fork point and every pair of sizes`(common: Int) throws {
    for (first, second) in [(1, 1), (1, 2), (3, 1), (2, 7), (8, 5)] {
      let log = try ForkedLog(common: common, first: first, second: second)
      let evidence = try log.evidence()
      try evidence.verify(ledger: ForkedLog.ledger, key: log.publicKey)
      let read = try #require(ForkEvidence(evidence.message))
      #expect(read == evidence)
    }
  }

  @Test(arguments: commons)
  func `holds where a branch is a prefix of a prefix of a signed head`(common: Int) throws {
    let log = try ForkedLog(common: common, first: 2, second: 9)
    for sizes in [[1], [2, 5], [1, 2, 3, 8], [9]] {
      let evidence = try log.evidence(secondThrough: sizes.map { $0 + common })
      try evidence.verify(ledger: ForkedLog.ledger, key: log.publicKey)
      #expect(ForkEvidence(evidence.message) == evidence)
    }
  }

  @Test(arguments: Seeds.all)
  func `falls with any byte of it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let common = Int.random(in: 1...20, using: &random)
    let log = try ForkedLog(common: common, first: 5, second: 9)
    let genuine = try log.evidence(secondThrough: [common + 2, common + 5])
    let bytes: [UInt8] = try genuine.message.serializedBytes()
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      guard let message = try? Scorebook_V1_ForkProven(serializedBytes: altered),
        let evidence = ForkEvidence(message), evidence != genuine
      else { continue }
      #expect(throws: ForkRefusal.self, "byte \(index)") {
        try evidence.verify(ledger: ForkedLog.ledger, key: log.publicKey)
      }
    }
  }

  @Test func `is none without two different entries`() throws {
    let log = try ForkedLog(common: 3, first: 2, second: 2)
    let evidence = try log.evidence()
    let same = ForkEvidence(
      log: evidence.log, commonSeq: 3, first: evidence.first, second: evidence.first)
    #expect(throws: ForkRefusal.sameEntry) {
      try same.verify(ledger: ForkedLog.ledger, key: log.publicKey)
    }
  }

  @Test func `is none when the branches part before the entries shown`() throws {
    let early = try ForkedLog(common: 2, first: 6, second: 6)
    // Both entries after the fourth are there and signed, and they differ; but so do the fourth ones.
    let late = try early.evidence(at: 4)
    #expect(throws: ForkRefusal.prefixDiffers) {
      try late.verify(ledger: ForkedLog.ledger, key: early.publicKey)
    }
  }

  @Test func `is none against another key, another log or another ledger`() throws {
    let log = try ForkedLog(common: 0, first: 2, second: 2)
    let evidence = try log.evidence()
    let other = Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)
    #expect(throws: ForkRefusal.self) {
      try evidence.verify(ledger: ForkedLog.ledger, key: other)
    }
    #expect(throws: ForkRefusal.self) {
      try evidence.verify(ledger: Digest256(hashing: [2]), key: log.publicKey)
    }
    let renamed = ForkEvidence(
      log: LogID(high: 1, low: 1), commonSeq: 0, first: evidence.first, second: evidence.second)
    #expect(throws: ForkRefusal.self) {
      try renamed.verify(ledger: ForkedLog.ledger, key: log.publicKey)
    }
  }

  @Test func `of a first entry needs both to state the log's own key`() throws {
    let log = try ForkedLog(common: 0, first: 1, second: 1)
    // The same key signs both heads, but the second branch begins with an entry that states no key at all.
    let stranger = try ForkedLog.unkeyed(signedBy: log)
    #expect(throws: ForkRefusal.otherKey(branch: 2)) {
      try stranger.verify(ledger: ForkedLog.ledger, key: log.publicKey)
    }
  }
}
