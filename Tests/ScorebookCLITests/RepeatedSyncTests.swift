import Foundation
import Testing

/// `sync --every` sits in a branch for months, and nobody looks at it.
@Suite struct RepeatedSyncTests {
  @Test func `a folder is synced again and again`() throws {
    let place = try Workplace.withLedger()
    // `head` ends after three lines, and with it who writes them.
    let ending = try place.shell(
      "mkdir shared; scorebook sync folder:shared --every 0.1s | head -n 3")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.lines.count == 3)
    #expect(ending.lines[0].contains(", wrote "))
    #expect(ending.lines[0].contains(" files, refused 0, took "))
    #expect(ending.lines[2].hasPrefix("received 0 events and 0 texts, wrote 0 events"))
  }

  @Test func `it waits for a stick that is not there yet, and says so`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.shell(
      """
      (until [ -s said ]; do :; done; mkdir stick) &
      scorebook sync folder:stick --every 0.1s 2>said | head -n 1
      wait
      head -n 1 said
      """)
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.lines.count == 2, "\(ending.output)")
    #expect(ending.lines[0].contains(", wrote "))
    #expect(ending.lines[1].hasPrefix("scorebook: ") && ending.lines[1].contains("stick"))
  }

  @Test func `it waits for a hub whose certificate is not the one that is trusted`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invitation")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
    try place.succeed("init", "other.ledger", "--site", "other")
    let other = try Served(place, "other.ledger", ["--name", "127.0.0.1"])
    let ending = try place.shell(
      """
      cp other.ledger-tls-cert.pem trusted.pem
      (until [ -s said ]; do :; done; cp hq.ledger-tls-cert.pem trusted.pem) &
      scorebook sync \(hub.url) --certificate trusted.pem --every 0.1s --ledger hn.ledger \
        2>said | head -n 1
      wait
      head -n 1 said
      """)
    #expect(ending.lines.count == 2, "\(ending.output)")
    #expect(ending.lines[0].contains("events from HQ"), "\(ending.output)")
    #expect(ending.lines[1].contains("certificate"))
    #expect(hub.stop() == 0)
    #expect(other.stop() == 0)
  }

  @Test func `it waits for a hub that speaks no TLS for a while`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", [])
    let url = hub.url.replacing("http:", with: "https:")
    let ending = try place.shell(
      """
      scorebook sync \(url) --every 0.1s --ledger hq.ledger 2>said &
      until [ "$(wc -l <said)" -ge 2 ]; do :; done
      # What a test starts may have been given a mask that blocks other signals.
      kill -KILL $!
      head -n 2 said
      """)
    #expect(ending.lines.count == 2)
    for line in ending.lines { #expect(line.contains("speaks no TLS"), "\(line)") }
    #expect(hub.stop() == 0)
  }

  @Test func `what no later session can mend ends it`() throws {
    let place = try Workplace.withLedger()
    try place.fail("sync", "folder:x", "--every", "5x", status: 64)
    try place.fail("sync", "folder:x", "--every", "5m", "--once", status: 64)
    try place.fail("sync", "http://hub.example", "--every", "5m", status: 64)
    try place.fail("sync", "--every", "5m", status: 64)
    let full = try place.shell("mkdir shared; scorebook sync folder:shared --every 5m >/dev/full")
    #expect(full.status == 74)
    #expect(
      full.errors == "scorebook: Standard output takes nothing more. What was done is kept.\n")
  }
}
