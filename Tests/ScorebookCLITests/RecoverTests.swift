import Foundation
import Testing

/// The machine of head office is gone, and a branch goes on in its place.
@Suite struct RecoverTests {
  @Test func `a branch that has the recovery key decides, and the old office does no more`() throws
  {
    let place = try Workplace()
    let told = try place.succeed("init", "hq.ledger", "--site", "HQ").lines
    let line = try #require(told.first { $0.hasPrefix("recovery key ") })
    try place.file("paper.txt", String(line.dropFirst("recovery key ".count)) + "\n")
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invite")
    try place.recordAnswer("nps=9")
    try place.recordAnswer("nps=3", "--ledger", "hn.ledger")
    for _ in 0..<2 { try place.succeed("sync", "hn.ledger") }

    let recovered = try place.succeed("recover", "paper.txt", "--ledger", "hn.ledger").lines
    #expect(recovered[0].hasPrefix("HN decides from here on"))
    #expect(recovered[1].hasPrefix("log ") && recovered[1].contains(" counts up to "))
    try place.succeed("invite", "DN", "-o", "dn.invite", "--ledger", "hn.ledger")
    try place.succeed("init", "dn.ledger", "--site", "DN", "--invite", "dn.invite")
    try place.recordAnswer("nps=10", "--ledger", "dn.ledger")
    for _ in 0..<2 { try place.succeed("sync", "dn.ledger", "--ledger", "hn.ledger") }
    for ledger in ["hn.ledger", "dn.ledger"] {
      #expect(try place.score("nps", "--ledger", ledger)["rows"][0]["n"].number == 3)
      try place.succeed("verify", "--ledger", ledger)
    }
    try place.succeed("sync", "hn.ledger")
    try place.fail("invite", "X", status: 76)
    try place.fail("recover", "paper.txt", status: 76)
  }

  @Test func `the key goes into a file where that is asked for, and a wrong one is refused`() throws
  {
    let place = try Workplace()
    let told = try place.succeed("init", "hq.ledger", "--site", "HQ", "--recovery-key", "key.txt")
    let key = String(decoding: try place.bytes(of: "key.txt"), as: UTF8.self)
    #expect(key.split(separator: "-").count == 14 && !told.output.contains(key.prefix(9)))
    let attributes = try FileManager.default.attributesOfItem(
      atPath: place.directory.appending(path: "key.txt").path())
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try place.fail("recover", "key.txt", status: 76)
    try place.file("slip.txt", key.replacing(key.prefix(4), with: "7777"))
    try place.fail("recover", "slip.txt", status: 65)
    try place.fail("recover", "missing.txt", status: 66)
    // What is there already is nobody's to replace, and then there is no ledger either.
    try place.fail("init", "b.ledger", "--site", "B", "--recovery-key", "key.txt", status: 73)
    try place.fail("recover", "key.txt", "--ledger", "b.ledger", status: 66)
  }
}
