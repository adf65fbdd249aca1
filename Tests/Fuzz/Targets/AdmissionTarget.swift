import Crypto
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerSync
import SwiftProtobuf

/// The message in an invitation, by an authority that signs whatever it says: a site joins with it.
enum AdmissionTarget {
  private static let key = Result {
    try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 7, count: 32))
  }

  static func run(on bytes: [UInt8]) throws {
    guard var message = try? Scorebook_V1_InvitationFile(serializedBytes: bytes),
      let ledger = Digest256(bytes: message.ledger), let id = ItemID(bytes: message.invitation.id)
    else { return }
    let key = try key.get()
    message.authorityKey = key.publicKey.rawRepresentation
    message.invitation.authoritySignature = try key.signature(
      for: SigningPayload.invitation(
        ledger: ledger, id: id, site: message.invitation.site,
        invitationKey: Array(message.invitation.publicKey)))
    guard let invitation = try? InvitationFile(message) else { return }
    // Longer than an invitation may be: it is refused when it is read.
    if try invitation.text.utf8.count <= 16 << 10 { try InvitationTarget.check(invitation) }
    guard let site = try? Ledger.create(at: nil, site: invitation.site, invitation: invitation)
    else { return }
    try law("a site that has joined has a sound ledger") {
      try site.verify().findings.isEmpty && !site.holdings().heads.isEmpty
    }
  }
}
