import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerHTTP

struct Invite: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Invite a site: print what its `join` needs.",
    discussion: """
      An invitation starts one log, once, and holds the key that makes pseudonyms: hand it over as \
      you would a password.
      """)

  @Argument(help: "The name of the site.")
  var site: String

  @Flag(help: "Take a URL of plain HTTP on another machine.")
  var insecureHttp = false

  @OptionGroup var ledger: LedgerOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write it to a new file instead.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Where this hub is reached, such as https://hub.example:8443; sync needs no peer then.",
      valueName: "url"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      "The hub's certificate (default: the one that serve made beside the ledger).",
      valueName: "file"))
  var certificate: String?

  @Flag(help: "Print one line to paste: scorebook join CODE LEDGER.")
  var code = false

  @Flag(help: "What joins with it counts nothing before somebody has said: scorebook approve SITE.")
  var approval = false

  @Flag(help: "The site is given scores and events, and no texts but its own.")
  var withoutText = false

  func run() throws {
    if code, output != nil { throw ArgumentFault.together("--code", "--output") }
    let hub = try hub()
    let ledger = try ledger.open()
    func text() throws -> Data {
      let invitation = try ledger.invite(
        site, hub: hub, needsApproval: approval, withoutText: withoutText)
      return Data((code ? try invitation.code + "\n" : try invitation.text).utf8)
    }
    guard let output else { return try Output.write(try text()) }
    try OutputFile.write(output, text)
    try Output.print("\(output): scorebook join \(output) LEDGER")
  }

  private func hub() throws -> HubPlace? {
    guard let url else { return nil }
    let address = try HubAddress(url, allowsPlain: insecureHttp)
    guard address.isTLS else { return HubPlace(url: url, certificate: "") }
    // One that an authority vouches for is not beside the ledger, and need not be carried.
    let own = HubCertificate.certificatePath(beside: try ledger.path())
    guard certificate != nil || FileManager.default.fileExists(atPath: own) else {
      return HubPlace(url: url, certificate: "")
    }
    // Of another host it would be of no use: it is the only certificate that the site trusts.
    return HubPlace(
      url: url, certificate: try InputFile.certificate(certificate ?? own, for: address))
  }
}
