public import LedgerCore
import LedgerSchema
import LedgerStore

/// A log that is held and belongs to nobody yet.
public struct Applicant: Hashable, Sendable {
  /// Why it is not enrolled by itself.
  public enum Standing: Hashable, Sendable {
    /// It shows an invitation that nobody has used: the next session of whoever decides enrols it.
    case invited
    /// Its invitation asks for a person's word, or comes from an authority that had been replaced, as far as is known.
    case needsApproval
    /// Its invitation was used by another log: perhaps somebody else has a copy of it.
    case invitationUsed
    /// It goes on from a log that was retired, or replaced as the authority: the site had not closed after all, or
    /// somebody has its ledger.
    case afterRetirement
    /// It goes on from a log whose key was given up: an old backup of the site, or somebody who has the old key.
    case withOldKey
  }

  /// The site that it says it is.
  public let site: String
  /// The log.
  public let log: LogID
  /// Of the log's key: compare it with what the site reads out before you approve.
  public let fingerprint: String
  /// Entries held, all of them pending.
  public let events: UInt64
  /// Why it waits.
  public let standing: Standing

  let publicKey: [UInt8]
  let invitation: [UInt8]
  /// What the invitation says of texts.
  let isWithoutText: Bool
}

/// The logs that wait for being enrolled, as the membership events tell.
struct Applicants {
  private let membership: Membership
  private let logs: [LogState]
  private var usedInvitations: Set<[UInt8]> = []
  private var needingApproval: Set<[UInt8]> = []
  /// Invitations that stand where the authority's word counts.
  private var decided: [[UInt8]: Scorebook_V1_SiteInvited] = [:]
  private var withoutText: Set<[UInt8]> = []
  private var starts: [LogID: Scorebook_V1_LogStarted] = [:]

  init?(_ state: StoreState) {
    guard let membership = state.membership else { return nil }
    self.membership = membership
    logs = state.logs
    for (address, event) in state.contextEvents {
      if case .siteEnrolled(let enrolment) = event.body, membership.isDecision(address) {
        usedInvitations.insert(ProtobufBytes.array(enrolment.invitation))
      } else if case .siteInvited(let invited) = event.body {
        let id = ItemID(openedAt: address).bytes
        if invited.needsApproval { needingApproval.insert(id) }
        if membership.isDecision(address) { decided[id] = invited }
        if invited.withoutText { withoutText.insert(id) }
      } else if case .logStarted(let start) = event.body, address.seq == 1 {
        starts[address.log] = start
      }
    }
  }

  /// Ascending by site and log.
  var all: [Applicant] {
    logs.compactMap(applicant).sorted { ($0.site, $0.log) < ($1.site, $1.log) }
  }

  /// Those that need no person's word, each with an invitation of its own: of several that show one, the first that
  /// came here.
  var invited: [Applicant] {
    var used: Set<[UInt8]> = []
    return logs.compactMap(applicant).filter {
      $0.standing == .invited && used.insert($0.invitation).inserted
    }
  }

  /// Whether the authority's word names this site and this key, and not only an invitation of that id.
  private func isDecided(_ invitation: Scorebook_V1_Invitation) -> Bool {
    let invited = decided[ProtobufBytes.array(invitation.id)]
    return invited?.site == invitation.site && invited?.publicKey == invitation.publicKey
  }

  private func applicant(_ log: LogState) -> Applicant? {
    guard log.size > 0, let member = membership.members[log.id], member.limit == .max,
      !membership.isRevoked(log.id), membership.limit(of: log.id) == 0, let start = starts[log.id]
    else { return nil }
    let invitation = ProtobufBytes.array(start.invitation.id)
    let standing: Applicant.Standing
    if start.hasInvitation {
      if usedInvitations.contains(invitation) {
        standing = .invitationUsed
      } else {
        // A stolen key signs invitations for ever: what it has signed since can only be told by what is held.
        let isVouchedFor = !membership.hasReplacement || isDecided(start.invitation)
        standing =
          needingApproval.contains(invitation) || !isVouchedFor ? .needsApproval : .invited
      }
    } else if let predecessor = member.predecessor, membership.isGivenUp(predecessor) {
      standing = .withOldKey
    } else if let predecessor = member.predecessor,
      membership.members[predecessor]?.limit != .max
    {
      standing = .afterRetirement
    } else {
      return nil  // It goes on from a log that waits itself, and is enrolled with that one.
    }
    return Applicant(
      site: member.site, log: log.id, fingerprint: KeyFingerprint(member.publicKey).text,
      events: log.size, standing: standing, publicKey: member.publicKey, invitation: invitation,
      isWithoutText: withoutText.contains(invitation))
  }
}
