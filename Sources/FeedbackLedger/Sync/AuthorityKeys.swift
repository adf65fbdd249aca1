import LedgerCore
import LedgerSchema

/// The keys that may have signed a newcomer's invitation: that of whoever invited this ledger, of those who decide as
/// far as is held, and of those whom a session brings, since a newcomer may come in the batch of who invited it.
struct AuthorityKeys {
  private let ledger: Digest256
  private let own: [UInt8]
  private var recoveryKey: [UInt8] = []
  private var brought: [[UInt8]] = []

  init(_ identity: LedgerIdentity) {
    ledger = identity.ledger
    own = identity.authorityKey
  }

  /// Notes who a batch says may decide.
  ///
  /// `membership`: of what is held before the batch.
  mutating func note(_ batch: PreparedBatch, _ membership: Membership?) {
    if let genesis = batch.genesis {
      recoveryKey = ProtobufBytes.array(genesis.recoveryKey)
      note(ProtobufBytes.array(genesis.publicKey))
    }
    let recoveryKey = membership.map(\.recoveryKey).flatMap { $0.isEmpty ? nil : $0 } ?? recoveryKey
    guard !recoveryKey.isEmpty else { return }
    for message in batch.replaced {
      guard let replacement = AuthorityReplacement(message),
        replacement.isSigned(ProtobufBytes.array(message.signature), ledger, by: recoveryKey)
      else { continue }
      note(replacement.publicKey)
    }
  }

  /// Each once.
  func all(_ membership: Membership?) -> [[UInt8]] {
    let held = membership?.authorityKeys ?? []
    return held + ([own] + brought).filter { !held.contains($0) }
  }

  private mutating func note(_ key: [UInt8]) {
    if key != own, !brought.contains(key) { brought.append(key) }
  }
}
