import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerHTTP

struct Certify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "At the authority: announce the certificate that a hub will show.",
    discussion: """
      A site trusts the certificate of its invitation, and those that were announced and that it has \
      heard of. So: certify URL --new, wait until no site is left that has not heard (certify URL \
      shows them; a site says that it has heard with what it records next), then certify URL --switch \
      and start serve again. --certificate announces one of your own, or a regional hub's, instead.
      """)

  @Argument(help: "Where the hub is reached, as in its invitations.")
  var url: String

  @Flag(help: "Make the next certificate beside the ledger, and announce it.")
  var new = false

  @Option(help: ArgumentHelp("Announce this one (PEM).", valueName: "file"))
  var certificate: String?

  @Flag(name: .customLong("switch"), help: "Let serve show the one made with --new.")
  var takesNext = false

  @Flag(
    help: "With --switch: also where sites have not heard of it, which then need a new invitation.")
  var force = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let address = try HubAddress(url, allowsPlain: false)
    let path = try ledger.path()
    let opened = try ledger.open()
    if new, certificate != nil { throw ArgumentFault.together("--new", "--certificate") }
    if takesNext, new || certificate != nil {
      throw ArgumentFault.together("--switch", new ? "--new" : "--certificate")
    }
    if takesNext { return try switchToNext(beside: path, opened, address) }
    if new {
      let next = try HubCertificate.makeNext(beside: path)
      try requireName(of: address, in: next, HubCertificate.nextCertificatePath(beside: path))
      do {
        try announce(next.certificate, opened, address)
      } catch LedgerError.notAuthority {
        // A regional hub: it shows the certificate, and the authority speaks of it.
        return try Output.print(
          "made \(HubCertificate.nextCertificatePath(beside: path)); at the authority announce it: "
            + "scorebook certify \(url) --certificate FILE")
      }
    } else if let certificate {
      try announce(try InputFile.certificate(certificate, for: address), opened, address)
    }
    try list(opened, address)
  }

  /// Sites trust what they have heard of: a certificate that was never announced would lock all of them out.
  private func switchToNext(
    beside path: String, _ ledger: Ledger, _ address: HubAddress
  ) throws {
    guard let next = try HubCertificate.next(beside: path) else {
      throw CommandFailure.noNextCertificate
    }
    let fingerprint = try CertificateSummary(pem: next.certificate).fingerprint
    let announcements = try announced(ledger, address).filter {
      try CertificateSummary(pem: $0.place.certificate).fingerprint == fingerprint
    }
    guard !announcements.isEmpty else { throw CommandFailure.notAnnounced(url: url) }
    let unaware = announcements.flatMap(\.unaware)
    guard unaware.isEmpty || force else {
      throw CommandFailure.notHeard(url: url, sites: unaware)
    }
    guard try HubCertificate.switchToNext(beside: path) else {
      throw CommandFailure.noNextCertificate
    }
    try Output.print("serve shows the new certificate from its next start")
  }

  /// It takes the names of the one before it.
  private func requireName(
    of address: HubAddress, in pair: CertificatePair, _ path: String
  ) throws {
    let summary = try CertificateSummary(pem: pair.certificate)
    guard summary.mayVouch(for: address.host) else {
      throw ArgumentFault.badHost(
        address.host, named: summary.names.joined(separator: ", "), certificate: path)
    }
  }

  private func announced(
    _ ledger: Ledger, _ address: HubAddress
  ) throws -> [AnnouncedCertificate] {
    try ledger.announcedCertificates().filter { address.isNamed(by: $0.place.url) }
  }

  private func announce(_ pem: String, _ ledger: Ledger, _ address: HubAddress) throws {
    // Saying it again would only set everybody back to not having heard.
    let known = try announced(ledger, address).map(\.place.certificate)
    guard !known.contains(pem) else { return }
    _ = try CertificateSummary(pem: pem)
    try ledger.certify(HubPlace(url: url, certificate: pem))
  }

  private func list(_ ledger: Ledger, _ address: HubAddress) throws {
    let announced = try announced(ledger, address)
    guard !announced.isEmpty else {
      return try Output.print("no certificate was announced for \(url)")
    }
    for certificate in announced {
      let summary = try CertificateSummary(pem: certificate.place.certificate)
      let heard =
        certificate.unaware.isEmpty
        ? "every site has heard" : "not heard of at " + certificate.unaware.joined(separator: ", ")
      try Output.print("SHA-256 \(summary.fingerprint)")
      try Output.print(
        "  for \(summary.names.joined(separator: ", ")), until "
          + "\(DayText.of(summary.validity.upperBound)), \(heard)")
    }
  }
}
