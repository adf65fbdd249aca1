import Crypto
package import Foundation
package import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// That who answers is the log that it says it is. A site proves it with every request, which it signs; a hub, whose
/// certificate says where it is and not who, signs what it is asked to sign.
extension Ledger {
  /// What a peer is asked to sign in one session.
  package func newChallenge() -> Data {
    ProtobufBytes.data(surroundings.randomBytes(SyncLimits.challengeBytes))
  }

  /// Another one, which this ledger's file notes: a hub that signs it is of another file, though it has the same log.
  package func newNotedChallenge() throws -> Data {
    let challenge = newChallenge()
    try store.write { appender in
      let database = try appender.connection
      let noted = try LocalSetting.challenges.bytes(in: database) ?? []
      // Several processes may ask at a time.
      let last = noted.prefix(Self.notedChallengesMax * SyncLimits.challengeBytes)
      try LocalSetting.challenges.set(ProtobufBytes.array(challenge) + last, in: database)
    }
    return challenge
  }

  private static let notedChallengesMax = 7

  /// Answers the challenge of a hello, where there is one, as the log that `me` is.
  ///
  /// - Throws: `SyncRefusal.malformed` for a challenge that is none; `.ownLedger` for one that this ledger has asked.
  func provePresence(
    of me: LedgerIdentity, in answer: inout Scorebook_V1_Hello, to theirs: Scorebook_V1_Hello
  ) throws {
    guard !theirs.challenge.isEmpty else { return }
    guard theirs.challenge.count == SyncLimits.challengeBytes, let asker = LogID(bytes: theirs.log)
    else { throw SyncRefusal.malformed("a challenge that is none") }
    let challenge = ProtobufBytes.array(theirs.challenge)
    if asker == me.log, try hasNoted(challenge) { throw SyncRefusal.ownLedger }
    let payload = SigningPayload.presence(
      ledger: me.ledger, log: me.log, asker: asker, challenge: challenge)
    answer.proof = try me.signingKey().signature(for: payload)
  }

  private func hasNoted(_ challenge: [UInt8]) throws -> Bool {
    let noted = try store.read { database, _ in try LocalSetting.challenges.bytes(in: database) }
    let bytes = noted ?? []
    return stride(from: 0, to: bytes.count, by: SyncLimits.challengeBytes).contains {
      bytes[$0...].prefix(SyncLimits.challengeBytes).elementsEqual(challenge)
    }
  }

  /// Whether the sender of a hello has proven which log is its own; nil where the key of that log is not known here
  /// yet.
  ///
  /// `asker`: the log of this ledger that asked.
  /// `challenge`: what the sender was asked to sign.
  package func isProven(
    _ hello: Scorebook_V1_Hello, answering asker: LogID, challenge: Data
  ) throws -> Bool? {
    guard let log = LogID(bytes: hello.log), let key = try key(of: log) else { return nil }
    let payload = SigningPayload.presence(
      ledger: identity.ledger, log: log, asker: asker,
      challenge: ProtobufBytes.array(challenge))
    return Signature.isValid(ProtobufBytes.array(hello.proof), of: payload, key: key)
  }

  /// Whether another ledger on this machine has the key of the log that it says is its own: it may be a file that
  /// somebody has changed.
  func hasOwnKey(_ other: Ledger) throws -> Bool {
    let them = other.identity
    let shown = Array(try them.signingKey().publicKey.rawRepresentation)
    return try key(of: them.log).map { $0 == shown } ?? (LogID(ofKey: shown) == them.log)
  }

  /// As far as the log is held; that of the authority's first log is known from the beginning.
  private func key(of log: LogID) throws -> [UInt8]? {
    try store.read { _, state in
      if let held = state.log(log), held.size > 0 { return held.publicKey }
      return log == identity.authorityLog ? identity.authorityKey : nil
    }
  }
}
