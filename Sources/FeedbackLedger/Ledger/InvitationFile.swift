import Crypto
import Foundation
public import LedgerCore
package import LedgerSchema
import SwiftProtobuf

/// What `invite` hands to a new site, once: who invites, a single-use key, and the key that makes pseudonyms.
///
/// Secret: whoever holds it can start one log in the ledger's name and can test identifiers against pseudonyms.
public struct InvitationFile: Sendable {
  package let message: Scorebook_V1_InvitationFile
  /// The ledger it invites to.
  public let ledger: Digest256
  /// The ledger's first log: that of its first authority, whoever invites.
  public let authorityLog: LogID

  /// The site that is invited.
  public var site: String { message.invitation.site }
  /// IANA name of the zone of the ledger's counters.
  public var timeZone: String { message.timeZone }
  /// Where the site shall sync; nil where the invitation names no hub.
  public var hub: HubPlace? {
    message.hubURL.isEmpty
      ? nil : HubPlace(url: message.hubURL, certificate: message.hubCertificate)
  }
  package var authorityKey: [UInt8] { Array(message.authorityKey) }
  package var pseudonymKey: [UInt8] { Array(message.pseudonymKey) }

  private static let header = "-----BEGIN SCOREBOOK INVITATION-----"
  private static let footer = "-----END SCOREBOOK INVITATION-----"

  package init(_ message: Scorebook_V1_InvitationFile) throws {
    guard let ledger = Digest256(bytes: message.ledger),
      let authority = LogID(bytes: message.authorityLog), message.authorityKey.count == 32,
      message.secret.count == 32, message.pseudonymKey.count == 32,
      let id = ItemID(bytes: message.invitation.id)
    else { throw LedgerError.badInvitation("a part has the wrong length") }
    let payload = SigningPayload.invitation(
      ledger: ledger, id: id, site: message.invitation.site,
      invitationKey: Array(message.invitation.publicKey))
    let signature = Array(message.invitation.authoritySignature)
    guard Signature.isValid(signature, of: payload, key: Array(message.authorityKey)) else {
      throw LedgerError.badInvitation("the authority's signature does not hold")
    }
    self.message = message
    self.ledger = ledger
    authorityLog = authority
  }

  /// Reads the text form, or the code.
  ///
  /// - Throws: `LedgerError.badInvitation`.
  public init(text: String) throws {
    guard text.utf8.count <= HandoverLimits.invitationBytesMax else {
      throw LedgerError.badInvitation("it has more than \(HandoverLimits.invitationBytesMax) bytes")
    }
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard let data = Self.data(lines) else {
      throw LedgerError.badInvitation(
        "the lines BEGIN and END with base64 between them are missing")
    }
    guard let message = try? Scorebook_V1_InvitationFile(serializedBytes: data) else {
      throw LedgerError.badInvitation("the text between BEGIN and END is damaged")
    }
    try self.init(message)
  }

  private static func data(_ lines: [String]) -> Data? {
    if lines.count == 1 { return Data(base64Encoded: lines[0]) }
    guard let first = lines.firstIndex(of: header), let last = lines.firstIndex(of: footer),
      first < last
    else { return nil }
    return Data(base64Encoded: lines[first + 1..<last].joined())
  }

  /// One line to paste into a terminal.
  public var code: String {
    get throws {
      let data: Data = try message.serializedBytes()
      return data.base64EncodedString()
    }
  }

  /// The text form: armoured base64, safe to mail or to put on a stick.
  public var text: String {
    get throws {
      let data: Data = try message.serializedBytes()
      let body = data.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
      return "\(Self.header)\n\(body)\n\(Self.footer)\n"
    }
  }

  /// The invitation as the new log's first event carries it: signed over to that log.
  func accepted(by start: Scorebook_V1_LogStarted) throws -> Scorebook_V1_Invitation {
    guard let log = LogID(bytes: start.log), let id = ItemID(bytes: message.invitation.id) else {
      throw LedgerError.badInvitation("a part has the wrong length")
    }
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: message.secret)
    let payload = SigningPayload.acceptance(
      ledger: ledger, id: id, log: log, logKey: Array(start.publicKey))
    var invitation = message.invitation
    invitation.acceptanceSignature = try key.signature(for: payload)
    return invitation
  }
}
