import Foundation
import Testing

/// A hub changes its certificate, and the sites follow that have heard of the next one.
@Suite struct CertifyTests {
  @Test func `a branch that has heard of the next certificate trusts it after the switch`() throws {
    let place = try Workplace.withLedger()
    let hub = try Self.hubOfTwo(place)
    let announced = try place.succeed("certify", hub.url, "--new").output
    #expect(announced.hasPrefix("SHA-256 ") && announced.contains("for 127.0.0.1, localhost, "))
    #expect(announced.hasSuffix(", not heard of at DN, HN\n"))
    try Self.hear("HN", place)
    #expect(try place.succeed("certify", hub.url).output.hasSuffix(", not heard of at DN\n"))
    let before = try place.bytes(of: "hq.ledger-tls-cert.pem")
    // One that has not heard would be locked out.
    let early = try place.fail("certify", hub.url, "--switch", status: 76).errors
    #expect(early.contains("not heard of at DN yet") && early.contains("--force"))
    #expect(try place.bytes(of: "hq.ledger-tls-cert.pem") == before)
    #expect(
      try place.succeed("certify", hub.url, "--switch", "--force").output
        == "serve shows the new certificate from its next start\n")
    #expect(try place.bytes(of: "hq.ledger-tls-cert.pem") != before)
    #expect(hub.stop() == 0)
    let again = try Served(place, "hq.ledger", ["--name", "127.0.0.1"], port: hub.port)
    try Self.expectTrust(of: "HN", place)
    try Self.expectNoTrust(of: "DN", place)
    // Whoever is handed the certificate itself goes on, and hears of it in that session.
    try place.succeed("sync", "--certificate", "hq.ledger-tls-cert.pem", "--ledger", "DN.ledger")
    try Self.expectTrust(of: "DN", place)
    #expect(try place.succeed("certify", hub.url).output.hasSuffix(", every site has heard\n"))
    #expect(again.stop() == 0)
    for ledger in ["hq.ledger", "HN.ledger", "DN.ledger"] {
      #expect(try place.succeed("verify", "--ledger", ledger).lines.last == "verified")
    }
  }

  @Test func `a certificate that was made elsewhere is announced, shown and trusted`() throws {
    let place = try Workplace.withLedger()
    // Whatever makes one does: here it is the hub of another ledger.
    try place.succeed("init", "else.ledger", "--site", "X")
    let other = try Served(place, "else.ledger", ["--name", "127.0.0.1"])
    #expect(other.stop() == 0)
    let hub = try Self.hubOfTwo(place)
    let announced = try place.succeed(
      "certify", hub.url, "--certificate", "else.ledger-tls-cert.pem")
    #expect(announced.output.hasSuffix(", not heard of at DN, HN\n"))
    try Self.hear("HN", place)
    #expect(hub.stop() == 0)
    let own = ["--tls-cert", "else.ledger-tls-cert.pem", "--tls-key", "else.ledger-tls-key.pem"]
    let again = try Served(place, "hq.ledger", own, port: hub.port)
    try Self.expectTrust(of: "HN", place)
    try Self.expectNoTrust(of: "DN", place)
    #expect(again.stop() == 0)
  }

  @Test func `nothing is switched to before it was made, and only the authority announces`() throws
  {
    let place = try Workplace.withLedger()
    let hub = try Self.hubOfTwo(place)
    let own = ["--certificate", "hq.ledger-tls-cert.pem"]
    try place.fail("certify", hub.url, "--switch", status: 66)
    try place.fail("certify", hub.url, own[0], own[1], "--ledger", "HN.ledger", status: 76)
    try place.fail("certify", hub.url, "--new", "--switch", status: 64)
    try place.fail("certify", hub.url, "--new", own[0], own[1], status: 64)
    #expect(
      try place.succeed("certify", hub.url).output
        == "no certificate was announced for \(hub.url)\n")
    #expect(hub.stop() == 0)
  }

  @Test func `a regional hub's next certificate is made there, and announced at the authority`()
    throws
  {
    let place = try Workplace.withLedger()
    let hub = try Self.hubOfTwo(place)
    let region = try Served(place, "HN.ledger", ["--name", "127.0.0.1"])
    let made = try place.succeed("certify", region.url, "--new", "--ledger", "HN.ledger").output
    #expect(made.hasPrefix("made ") && made.contains("HN.ledger-tls-next-cert.pem"))
    let early = try place.fail(
      "certify", region.url, "--switch", "--ledger", "HN.ledger", status: 76)
    #expect(early.errors.contains("was not announced"))
    try place.succeed("certify", region.url, "--certificate", "HN.ledger-tls-next-cert.pem")
    for site in ["DN", "HN"] { try Self.hear(site, place) }
    let next = try place.bytes(of: "HN.ledger-tls-next-cert.pem")
    try place.succeed("certify", region.url, "--switch", "--ledger", "HN.ledger")
    #expect(try place.bytes(of: "HN.ledger-tls-cert.pem") == next)
    #expect(region.stop() == 0)
    #expect(hub.stop() == 0)
  }

  @Test func `half a pair is not replaced by another one, which no site would trust`() throws {
    let place = try Workplace.withLedger()
    let serve = ["serve", "hq.ledger", "--listen", "127.0.0.1:0", "--name", "127.0.0.1"]
    let early = try place.fail("certify", "https://127.0.0.1:1", "--new", status: 66)
    #expect(early.errors.contains("start scorebook serve once"))
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    #expect(hub.stop() == 0)
    for name in ["hq.ledger-tls-key.pem", "hq.ledger-tls-cert.pem"] {
      let bytes = try place.bytes(of: name)
      let url = place.directory.appending(path: name)
      try FileManager.default.removeItem(at: url)
      let ending = try place.run(serve)
      #expect(ending.status == 66)
      #expect(ending.errors.contains("is there, and the other file of the pair is not"))
      #expect(!FileManager.default.fileExists(atPath: url.path()))
      try bytes.write(to: url)
    }
  }

  @Test func `a name that no certificate can hold is refused, and one that it lacks is told`()
    throws
  {
    let place = try Workplace.withLedger()
    for name in ["hq.example:8443", "a..b", "", ".example", "-a", "hq.example."] {
      let ending = try place.fail(
        "serve", "--listen", "127.0.0.1:0", "--name", name, status: 64)
      #expect(ending.errors.contains("--name"))
    }
    for names in [["--name", "127.0.0.1", "--name", "::1"], ["--name", "hq.example"]] {
      let hub = try Served(place, "hq.ledger", names)
      let errors = String(decoding: try hub.errors(), as: UTF8.self)
      #expect(errors.contains("and not hq.example: a site that") == (names.count == 2), "\(errors)")
      #expect(hub.stop() == 0)
    }
  }

  @Test func `a certificate is announced once for a hub, however its URL is spelled`() throws {
    let place = try Workplace.withLedger()
    let hub = try Self.hubOfTwo(place)
    let spellings = ["https://127.0.0.1", "https://127.0.0.1:443", "https://127.0.0.1/"]
    for url in spellings {
      let announced = try place.succeed("certify", url, "--certificate", "hq.ledger-tls-cert.pem")
      #expect(announced.output.hasSuffix(", not heard of at DN, HN\n"))
      #expect(announced.lines.count == 2, "\(url): \(announced.output)")
    }
    for site in ["DN", "HN"] { try Self.hear(site, place) }
    // Whoever has heard stays one who has.
    for url in spellings {
      let again = try place.succeed("certify", url, "--certificate", "hq.ledger-tls-cert.pem")
      #expect(again.output.hasSuffix(", every site has heard\n"), "\(url): \(again.output)")
    }
    #expect(hub.stop() == 0)
  }

  @Test func `a certificate of another host is not announced`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    #expect(hub.stop() == 0)
    let ending = try place.fail(
      "certify", "https://hub.example", "--certificate", "hq.ledger-tls-cert.pem", status: 64)
    #expect(ending.errors.contains("127.0.0.1") && ending.errors.contains("hub.example"))
    let made = try place.fail("certify", "https://hub.example", "--new", status: 64)
    #expect(made.errors.contains("127.0.0.1") && made.errors.contains("hub.example"))
    #expect(
      try place.succeed("certify", "https://hub.example").output
        == "no certificate was announced for https://hub.example\n")
  }

  @Test func `a file that is no certificate is named, whoever reads it`() throws {
    let place = try Workplace.withLedger()
    try place.file("none.pem", "no certificate\n")
    for arguments in [
      ["sync", "https://127.0.0.1:1", "--certificate", "none.pem"],
      ["certify", "https://127.0.0.1:1", "--certificate", "none.pem"],
      ["invite", "HN", "--url", "https://127.0.0.1:1", "--certificate", "none.pem"],
      ["serve", "--listen", "127.0.0.1:0", "--name", "127.0.0.1", "--client-ca", "none.pem"],
      ["serve", "--listen", "127.0.0.1:0", "--tls-cert", "none.pem", "--tls-key", "none.pem"],
    ] {
      let ending = try place.run(arguments)
      #expect(ending.status == 65, "\(arguments): \(ending.errors)")
      #expect(ending.errors == "scorebook: none.pem holds no certificate in PEM. Check the file.\n")
    }
    let authority = try LittleAuthority("A")
    try place.file("hub.pem", try authority.vouch(forHub: "hub").certificate)
    try place.file("other-key.pem", try authority.vouch(forHub: "other").key)
    let ending = try place.fail(
      "serve", "--listen", "127.0.0.1:0", "--tls-cert", "hub.pem", "--tls-key", "other-key.pem",
      status: 65)
    #expect(ending.errors.contains("hub.pem and other-key.pem are no certificate with its"))
  }

  /// A hub with a certificate of its own, and the sites HN and DN that were invited to it.
  private static func hubOfTwo(_ place: Workplace) throws -> Served {
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    for site in ["HN", "DN"] {
      try place.succeed("invite", site, "--url", hub.url, "-o", "\(site).invite")
      try place.succeed("join", "\(site).invite", "\(site).ledger")
    }
    return hub
  }

  /// A site hears in one session, and says so with what it records next.
  private static func hear(_ site: String, _ place: Workplace) throws {
    try place.succeed("sync", "--ledger", "\(site).ledger")
    try place.recordAnswer("nps=9", "--ledger", "\(site).ledger")
    try place.succeed("sync", "--ledger", "\(site).ledger")
  }

  private static func expectTrust(
    of site: String, _ place: Workplace, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try place.score("nps")["rows"][0]["n"].number ?? 0
    try place.recordAnswer("nps=10", "--ledger", "\(site).ledger")
    try place.succeed("sync", "--ledger", "\(site).ledger", sourceLocation: sourceLocation)
    let after = try place.score("nps")["rows"][0]["n"].number
    #expect(after == before + 1, sourceLocation: sourceLocation)
  }

  private static func expectNoTrust(
    of site: String, _ place: Workplace, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ending = try place.fail(
      "sync", "--ledger", "\(site).ledger", status: 77, sourceLocation: sourceLocation)
    #expect(
      ending.errors.contains("is not the one that is trusted"), "\(ending.errors)",
      sourceLocation: sourceLocation)
  }
}
