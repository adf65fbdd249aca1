/// What was found out about the signatures on which a membership rests.
///
/// An event never changes, and with every decision the membership is evaluated again from all of them: so each
/// signature is checked once, and not once for each decision that comes after it.
package struct CheckedSignatures: Sendable {
  private struct Succession: Hashable, Sendable {
    var signature: [UInt8]
    var payload: [UInt8]
    var key: [UInt8]
  }

  private struct Proof: Hashable, Sendable {
    var evidence: ForkEvidence
    var ledger: Digest256
    var key: [UInt8]
  }

  private var successions: [Succession: Bool] = [:]
  private var proofs: [Proof: Bool] = [:]

  package init() {}

  /// Whether the key signed the payload.
  package mutating func isValid(_ signature: [UInt8], of payload: [UInt8], key: [UInt8]) -> Bool {
    let question = Succession(signature: signature, payload: payload, key: key)
    if let known = successions[question] { return known }
    let answer = Signature.isValid(signature, of: payload, key: key)
    successions[question] = answer
    return answer
  }

  /// Whether the evidence proves that the log with that key forked.
  package mutating func holds(_ evidence: ForkEvidence, ledger: Digest256, key: [UInt8]) -> Bool {
    let question = Proof(evidence: evidence, ledger: ledger, key: key)
    if let known = proofs[question] { return known }
    let answer = (try? evidence.verify(ledger: ledger, key: key)) != nil
    proofs[question] = answer
    return answer
  }
}
