import Foundation
import Testing

/// A company that has a certificate authority uses it, for its hubs and for its sites.
@Suite struct AuthorityTests {
  @Test func `a branch that trusts an authority trusts each hub that it vouches for`() throws {
    let place = try Workplace.withLedger()
    let (company, another) = (try LittleAuthority("company"), try LittleAuthority("another"))
    try place.file("company.pem", company.certificate)
    let hub = try Self.served(place, try company.vouch(forHub: "hub"))
    try place.succeed(
      "invite", "HN", "--url", hub.url, "--certificate", "company.pem", "-o", "hn.invite")
    try place.succeed("join", "hn.invite", "hn.ledger")
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.succeed("sync", "--ledger", "hn.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
    #expect(hub.stop() == 0)
    // Nobody has to be told of its next certificate.
    let renewed = try Self.served(place, try company.vouch(forHub: "hub"), port: hub.port)
    try place.recordAnswer("nps=10", "--ledger", "hn.ledger")
    try place.succeed("sync", "--ledger", "hn.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 2)
    #expect(renewed.stop() == 0)
    let impostor = try Self.served(place, try another.vouch(forHub: "hub"), port: hub.port)
    try place.fail("sync", "--ledger", "hn.ledger", status: 77)
    #expect(impostor.stop() == 0)
    // It is no certificate of a hub, whoever vouches for it.
    let site = try Self.served(place, try company.vouch(forSite: "hn"), port: hub.port)
    try place.fail("sync", "--ledger", "hn.ledger", status: 77)
    #expect(site.stop() == 0)
  }

  @Test func `an authority can be named where the invitation named none`() throws {
    let place = try Workplace.withLedger()
    let company = try LittleAuthority("company")
    try place.file("company.pem", company.certificate)
    let hub = try Self.served(place, try company.vouch(forHub: "hub"))
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invite")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invite")
    // Then the system's authorities are asked: they do not know it, or there are none at all.
    let unknown = try place.run(["sync", "--once", "--ledger", "hn.ledger"])
    #expect(unknown.status == 77 || unknown.status == 75, "\(unknown.errors)")
    #expect(try place.succeed("log", "--site", "HN").output.isEmpty)
    try place.succeed("sync", hub.url, "--certificate", "company.pem", "--ledger", "hn.ledger")
    #expect(try place.site("HN")["state"].string == "ok")
    #expect(hub.stop() == 0)
  }

  @Test func `a hub that asks for certificates hears sites that show one, and no others`() throws {
    let place = try Workplace.withLedger()
    let (company, another) = (try LittleAuthority("company"), try LittleAuthority("another"))
    try place.file("company.pem", company.certificate)
    try Self.write(try company.vouch(forSite: "hn"), "laptop", place)
    try Self.write(try another.vouch(forSite: "hn"), "thief", place)
    // Over plain HTTP nobody could show one.
    try place.fail(
      "serve", "--listen", "127.0.0.1:0", "--client-ca", "company.pem", status: 64)
    let asking = ["--name", "127.0.0.1", "--client-ca", "company.pem"]
    let hub = try Served(place, "hq.ledger", asking)
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invite")
    // The ledger is made, whatever the hub says.
    let joined = try place.run(["join", "hn.invite", "hn.ledger"])
    #expect(joined.status == 0 && joined.errors.contains("--client-cert"), "\(joined.errors)")
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    let sync = ["sync", "--once", "--ledger", "hn.ledger"]
    for shown in [[], Self.showing("thief")] {
      let ending = try place.run(sync + shown)
      #expect(ending.status == 77 && ending.output.isEmpty)
      #expect(ending.errors.contains("--client-cert"), "\(ending.errors)")
    }
    #expect(try place.succeed("log", "--site", "HN").output.isEmpty)
    let half = try place.run(sync + ["--client-cert", "laptop.pem"])
    #expect(half.status == 64)
    let mixed = try place.run(
      sync + ["--client-cert", "laptop.pem", "--client-key", "thief.key"])
    #expect(mixed.status == 65 && mixed.errors.contains("thief.key"), "\(mixed.errors)")
    let heard = try place.run(sync + Self.showing("laptop"))
    #expect(heard.status == 0, "\(heard.errors)")
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
    try place.succeed("invite", "DN", "--url", hub.url, "-o", "dn.invite")
    let second = try place.run(["join", "dn.invite", "dn.ledger"] + Self.showing("laptop"))
    #expect(second.status == 0 && second.output.contains("HQ: enrolled DN"), "\(second.errors)")
    #expect(hub.stop() == 0)
  }

  @Test func `an invitation carries no certificate that names another host`() throws {
    let place = try Workplace.withLedger()
    let company = try LittleAuthority("company")
    try place.file("hub.pem", try company.vouch(forHub: "hub").certificate)
    try place.file("company.pem", company.certificate)
    let invite = ["invite", "HN", "--url", "https://hub.example", "--certificate"]
    let ending = try place.run(invite + ["hub.pem"])
    #expect(ending.status == 64 && ending.errors.contains("127.0.0.1"), "\(ending.errors)")
    // The root of an authority names none, and vouches for any.
    #expect(try place.run(invite + ["company.pem"]).status == 0)
  }

  /// It could not tell a request for it from one for another hub.
  @Test func `a hub shows no certificate that names no host, unless it is told its name`() throws {
    let place = try Workplace.withLedger()
    try Self.write(try LittleAuthority("company").vouch(forNamelessHub: "hub"), "hub", place)
    let own = ["--tls-cert", "hub.pem", "--tls-key", "hub.key"]
    let ending = try place.run(["serve", "hq.ledger"] + own)
    #expect(ending.status == 64)
    #expect(ending.errors.contains("--tls-cert") && ending.errors.contains("--name HOST"))
    let hub = try Served(place, "hq.ledger", own + ["--name", "hub.example"])
    #expect(hub.url.hasPrefix("https://"))
    #expect(hub.stop() == 0)
  }

  private static func served(
    _ place: Workplace, _ pair: LittleAuthority.Pair, port: Int = 0
  ) throws -> Served {
    try write(pair, "hub", place)
    let own = ["--tls-cert", "hub.pem", "--tls-key", "hub.key"]
    return try Served(place, "hq.ledger", own, port: port)
  }

  private static func write(
    _ pair: LittleAuthority.Pair, _ name: String, _ place: Workplace
  ) throws {
    try place.file("\(name).pem", pair.certificate)
    try place.file("\(name).key", pair.key)
  }

  private static func showing(_ name: String) -> [String] {
    ["--client-cert", "\(name).pem", "--client-key", "\(name).key"]
  }
}
