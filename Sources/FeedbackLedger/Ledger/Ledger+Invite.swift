import Crypto
import LedgerCore
import LedgerSchema

extension Ledger {
  /// Invites a site: records it, and returns the file that the site's `init` needs. Single use.
  ///
  /// `hub`: where the site shall sync.
  /// `needsApproval`: the log that shows the invitation counts nothing before a person has approved it.
  /// `withoutText`: the site is given no texts but its own: scores do not need them.
  /// - Throws: `LedgerError.notAuthority` anywhere but at the ledger's authority; `.badSiteName`; `.ownSite`, as two
  ///   sites of one name could not be told apart.
  public func invite(
    _ site: String, hub: HubPlace? = nil, needsApproval: Bool = false, withoutText: Bool = false
  ) throws -> InvitationFile {
    try Self.validate(site: site)
    guard site != identity.site else { throw LedgerError.ownSite(site) }
    let secret = try surroundings.signingKey()
    let publicKey = Array(secret.publicKey.rawRepresentation)
    let (address, key) = try withRecorder { recorder in
      guard let seed = identity.authoritySecret,
        recorder.appender.state.membership?.isInOffice(identity.log) == true
      else { throw LedgerError.notAuthority(site: identity.site) }
      let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
      var invited = Scorebook_V1_SiteInvited()
      invited.site = site
      invited.publicKey = ProtobufBytes.data(publicKey)
      invited.needsApproval = needsApproval
      invited.withoutText = withoutText
      return (try recorder.append(.siteInvited(invited)), key)
    }
    let id = ItemID(openedAt: address)
    var file = Scorebook_V1_InvitationFile()
    file.ledger = ProtobufBytes.data(identity.ledger.bytes)
    file.authorityLog = ProtobufBytes.data(identity.authorityLog.bytes)
    file.authorityKey = key.publicKey.rawRepresentation
    file.invitation.id = ProtobufBytes.data(id.bytes)
    file.invitation.site = site
    file.invitation.publicKey = ProtobufBytes.data(publicKey)
    file.invitation.authoritySignature = try key.signature(
      for: SigningPayload.invitation(
        ledger: identity.ledger, id: id, site: site, invitationKey: publicKey))
    file.secret = secret.rawRepresentation
    file.pseudonymKey = ProtobufBytes.data(identity.pseudonymKey)
    file.timeZone = timeZone
    file.hubURL = hub?.url ?? ""
    file.hubCertificate = hub?.certificate ?? ""
    return try InvitationFile(file)
  }
}
