import FeedbackLedger
import Foundation
import FuzzTargets
import LedgerCore
import LedgerSchema
import LedgerSync
import SwiftProtobuf
import TestSupport

/// Bundles, invitations and checkpoints, as files.
enum FileSeeds {
  static func all() throws -> [Seed] {
    try bundles() + invitations() + checkpoints()
  }

  private static func bundles() throws -> [Seed] {
    let stage = try Stage.shared.get()
    let folder = try TemporaryFolder()
    _ = try stage.branch.bundle(to: folder.path("own.bundle"))
    let own = Array(try Data(contentsOf: URL(filePath: folder.path("own.bundle"))))
    let other = try World(seed: 21, branches: 0)
    _ = try other.authority.bundle(to: folder.path("other.bundle"))
    let foreign = Array(try Data(contentsOf: URL(filePath: folder.path("other.bundle"))))
    let plain = try Forger.bundle(try stage.branch.holdings().hello, [])
    return [
      Seed(.bundle, "own", own), Seed(.bundle, "foreign", foreign),
      Seed(.bundle, "plain", plain.bytes()), Seed(.bundle, "torn", plain.bytes(missing: 5)),
    ]
  }

  private static func invitations() throws -> [Seed] {
    let world = try World(seed: 22, branches: 0)
    let plain = try world.authority.invite("branch")
    let certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    var message = plain.message
    message.hubURL = "https://hub.example:8443"
    message.hubCertificate = certificate
    let withHub = try InvitationFile(message)
    return [
      Seed(.invitation, "text", try plain.text), Seed(.invitation, "code", try plain.code),
      Seed(.invitation, "hub", try withHub.text),
      Seed(.admission, "plain", try plain.message.serializedBytes()),
      Seed(.admission, "hub", try withHub.message.serializedBytes()),
    ]
  }

  private static func checkpoints() throws -> [Seed] {
    let notes = try Stage.shared.get().branch.holdings().heads.map(\.note)
    let texts = try notes.map { try SignedNote(parsing: $0).text }
    return notes.enumerated().map { Seed(.checkpoint, "note-\($0)", $1) }
      + texts.enumerated().map { Seed(.checkpoint, "text-\($0)", $1) }
      + [Seed(.checkpoint, "base64", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
  }
}
