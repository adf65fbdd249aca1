import Crypto
import LedgerCore
import Testing

/// What is remembered of a signature is of that signature, that text and that key only, whatever was asked before.
@Suite struct `Signatures that were checked before` {
  @Test func `a signature holds for its text and its key alone, asked once or twice`() throws {
    let (key, other) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
    let text: [UInt8] = [1, 2, 3]
    let signature = Array(try key.signature(for: text))
    var checked = CheckedSignatures()
    for _ in 0..<2 {
      let answers = [
        checked.isValid(signature, of: text, key: Self.bytes(key)),
        checked.isValid(signature, of: text, key: Self.bytes(other)),
        checked.isValid(signature, of: text + [0], key: Self.bytes(key)),
        checked.isValid(signature.reversed(), of: text, key: Self.bytes(key)),
      ]
      #expect(answers == [true, false, false, false])
    }
  }

  @Test func `a proof holds for its ledger and its log's key alone, asked once or twice`() throws {
    let log = try ForkedLog(common: 3, first: 1, second: 2)
    let (evidence, claim) = (try log.evidence(), try log.evidence(at: 2))
    let stranger = Digest256(hashing: [2])
    let other = Self.bytes(Curve25519.Signing.PrivateKey())
    var checked = CheckedSignatures()
    for _ in 0..<2 {
      let answers = [
        checked.holds(evidence, ledger: ForkedLog.ledger, key: log.publicKey),
        checked.holds(claim, ledger: ForkedLog.ledger, key: log.publicKey),
        checked.holds(evidence, ledger: stranger, key: log.publicKey),
        checked.holds(evidence, ledger: ForkedLog.ledger, key: other),
      ]
      #expect(answers == [true, false, false, false])
    }
  }

  private static func bytes(_ key: Curve25519.Signing.PrivateKey) -> [UInt8] {
    Array(key.publicKey.rawRepresentation)
  }
}
