package import LedgerSchema

/// Whether a log may enter a ledger at all: by what its first entry shows.
package enum Admission {
  /// What the first entry of a log shows.
  package enum Ground: Sendable {
    /// It is the genesis.
    case genesis
    /// The authority invited its key.
    case invited(ItemID)
    /// A log that is held goes on in it.
    case successor(of: LogID)
  }

  /// Nil when the entry shows nothing that holds.
  ///
  /// The id of every log but the genesis, which its digest names, is that of its key: an invited site or a successor
  /// cannot take another log's.
  ///
  /// `entry`: the first entry, as recorded.
  /// `genesis`: the log of the ledger's first entry; no other one may have its id.
  /// `authorityKeys`: of those who decide or have decided: each may have signed the invitation.
  /// `key`: the public key of a log that is held.
  package static func ground(
    of start: Scorebook_V1_LogStarted, log: LogID, entry: [UInt8], ledger: Digest256,
    genesis: LogID, authorityKeys: [[UInt8]], key: (LogID) -> [UInt8]?
  ) -> Ground? {
    guard LogID(bytes: start.log) == log, start.publicKey.count == 32 else { return nil }
    if Digest256(hashing: entry) == ledger { return .genesis }
    let logKey = ProtobufBytes.array(start.publicKey)
    guard Digest256(bytes: start.ledger) == ledger, log != genesis, log == LogID(ofKey: logKey)
    else { return nil }
    if start.hasInvitation {
      // Whoever shows an invitation goes on from nobody: it would be let in by the one, and inherit by the other.
      guard !start.hasPredecessor, let id = ItemID(bytes: start.invitation.id) else { return nil }
      let invitation = start.invitation
      let invitationKey = ProtobufBytes.array(invitation.publicKey)
      let certified = SigningPayload.invitation(
        ledger: ledger, id: id, site: invitation.site, invitationKey: invitationKey)
      let certificate = ProtobufBytes.array(invitation.authoritySignature)
      let isCertified = authorityKeys.contains {
        Signature.isValid(certificate, of: certified, key: $0)
      }
      let isAccepted = Signature.isValid(
        ProtobufBytes.array(invitation.acceptanceSignature),
        of: SigningPayload.acceptance(ledger: ledger, id: id, log: log, logKey: logKey),
        key: invitationKey)
      return isCertified && isAccepted && invitation.site == start.site ? .invited(id) : nil
    }
    guard start.hasPredecessor, let predecessor = LogID(bytes: start.predecessor.head.log),
      let predecessorKey = key(predecessor)
    else { return nil }
    let payload = SigningPayload.succession(
      ledger: ledger, predecessor: predecessor, log: log, logKey: logKey)
    let signature = ProtobufBytes.array(start.predecessor.signature)
    return Signature.isValid(signature, of: payload, key: predecessorKey)
      ? .successor(of: predecessor) : nil
  }
}
