import Foundation
import Testing

/// Three programs as a company runs them: a hub, a regional hub, a branch.
@Suite struct ServeTests {
  @Test func `an invitation to another host needs that host's certificate`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--name", "hq.example"])
    #expect(hub.stop() == 0)
    let other = ["invite", "HN", "--url", "https://region.example:8443"]
    let refused = try place.run(other)
    #expect(refused.status == 64)
    #expect(refused.errors.contains("hq.example") && refused.errors.contains("--certificate"))
    try place.succeed("invite", "HN", "--url", "https://HQ.example")
    #expect(try place.run(other + ["--certificate", "hq.ledger-tls-cert.pem"]).status == 64)
    try place.succeed("init", "region.ledger", "--site", "Region")
    let region = try Served(place, "region.ledger", ["--name", "region.example"])
    #expect(region.stop() == 0)
    #expect(try place.run(other + ["--certificate", "region.ledger-tls-cert.pem"]).status == 0)
  }

  @Test func `a branch syncs with its hub, also after the hub was killed`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    #expect(hub.url.hasPrefix("https://127.0.0.1:"))
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invitation")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    let first = try place.succeed("sync", "--ledger", "hn.ledger").lines
    #expect(first[0].hasPrefix("received "))
    #expect(first[0].contains(" events from HQ, sent 3, refused 0, took "))
    #expect(first.contains("HQ: enrolled HN"))
    hub.kill()
    try place.recordAnswer("nps=10", "--ledger", "hn.ledger")
    try place.fail("sync", "--once", "--ledger", "hn.ledger", status: 75)
    let again = try Served(place, "hq.ledger", ["--name", "127.0.0.1"], port: hub.port)
    #expect(try place.succeed("sync", "--ledger", "hn.ledger").lines[0].contains(", sent 1,"))
    let quiet = try place.succeed("sync", "--ledger", "hn.ledger").lines[0]
    #expect(quiet.hasPrefix("received 0 events from HQ, sent 0, refused 0,"))
    #expect(try place.score("nps")["rows"][0]["n"].number == 2)
    #expect(
      try place.score("nps")["digest"].string
        == place.score("nps", "--ledger", "hn.ledger")["digest"].string)
    #expect(again.stop() == 0)
    try place.succeed("verify")
    try place.succeed("verify", "--ledger", "hn.ledger")
  }

  @Test func `a hub's own certificate is made once, for its owner alone`() throws {
    let place = try Workplace.withLedger()
    let first = try Served(place, "hq.ledger", ["--name", "localhost"])
    _ = first.stop()
    let certificate = try place.bytes(of: "hq.ledger-tls-cert.pem")
    let second = try Served(place, "hq.ledger", ["--name", "localhost"])
    _ = second.stop()
    #expect(try place.bytes(of: "hq.ledger-tls-cert.pem") == certificate)
    for name in ["hq.ledger-tls-cert.pem", "hq.ledger-tls-key.pem"] {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: place.directory.appending(path: name).path())
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `what cannot be is said in one sentence`() throws {
    let place = try Workplace.withLedger()
    try place.fail("sync", status: 64)
    try place.fail("sync", "http://hub.example", status: 64)
    try place.fail("sync", "https://127.0.0.1:1", "--once", status: 75)
    try place.fail("sync", "https://127.0.0.1:1", "--every", "5x", status: 64)
    try place.fail("serve", "--listen", "nowhere", status: 64)
    for name in ["a,b", "", "https://a"] { try place.fail("serve", "--name", name, status: 64) }
    try place.fail("serve", "--tls-cert", "x.pem", status: 64)
  }
}
