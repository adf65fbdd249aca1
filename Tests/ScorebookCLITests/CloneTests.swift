import Foundation
import Testing

@Suite struct CloneTests {
  @Test func `a machine put back to an old state loses nothing, and a lost tail is adopted`() throws
  {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invitation")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    let image = try MachineImage(of: "hn.ledger", in: place)
    try place.recordAnswer("nps=10", "--ledger", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    try image.putBack(in: place)
    try place.recordAnswer("nps=8", "--ledger", "hn.ledger")
    let told = try place.run(["sync", "hn.ledger"])
    #expect(told.status == 65)
    #expect(told.lines.contains { $0.hasPrefix("HN: another machine wrote to the log") })
    #expect(try place.score("nps")["rows"][0]["n"].number == 2)
    try place.succeed("sync", "hn.ledger")
    let verified = try place.succeed("verify").lines
    let status = try #require(verified.firstIndex { $0.hasPrefix("CLONED: log ") })
    let log = verified[status].split(separator: " ")[2]
    let endings = try verified[(status + 1)...].filter { $0.hasPrefix("  ") }.map { head in
      try place.run(["adopt", String(log), "--head", head.trimmingCharacters(in: .whitespaces)])
    }
    // One tail is lost with the machine's later state; the other one's owner has repeated it.
    #expect(Set(endings.map(\.status)) == [0, 76])
    #expect(endings.count == 2)
    #expect(try place.score("nps")["rows"][0]["n"].number == 3)
    try place.fail("adopt", "12", "--head", "1:00000000", status: 64)
    try place.fail("adopt", String(log), "--head", "1", status: 64)
    try place.fail("adopt", String(log), "--head", "900:00000000", status: 69)
  }

  /// Each laptop is a state of one and the same file, so that nothing in it shows which one runs.
  @Test
  func `scenario 2: two laptops go on with one hub, which says CLONED with both heads`()
    throws
  {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invitation")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
    try place.succeed("sync", "--ledger", "hn.ledger")
    var laptops = try [0, 1].map { _ in try MachineImage(of: "hn.ledger", in: place) }
    for round in 1...3 {
      for laptop in laptops.indices {
        try laptops[laptop].putBack(in: place)
        try place.recordAnswer("nps=\(8 + laptop)", "--ledger", "hn.ledger")
        if round == 1 { try place.recordAnswer("nps=\(laptop)", "--ledger", "hn.ledger") }
        let ending = try place.run(["sync", "--ledger", "hn.ledger"])
        #expect(ending.status == 0 || ending.status == 65, "\(ending.errors)")
        laptops[laptop] = try MachineImage(of: "hn.ledger", in: place)
      }
    }
    for laptop in laptops.indices {
      try laptops[laptop].putBack(in: place)
      try place.succeed("sync", "--ledger", "hn.ledger")
      #expect(try place.score("nps", "--ledger", "hn.ledger")["rows"][0]["n"].number == 8)
    }
    #expect(hub.stop() == 0)
    #expect(try place.score("nps")["rows"][0]["n"].number == 8)
    let verified = try place.succeed("verify").lines
    let status = try #require(verified.firstIndex { $0.hasPrefix("CLONED: log ") })
    #expect(verified[(status + 1)...].prefix { $0.hasPrefix("  ") }.count == 2)
    #expect(
      try place.succeed("sites").lines.contains { $0.contains("HN") && $0.contains("CLONED") })
  }
}
