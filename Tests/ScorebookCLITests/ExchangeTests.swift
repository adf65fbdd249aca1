import Foundation
import TestSupport
import Testing

@Suite struct ExchangeTests {
  @Test func `an invited branch collects offline, syncs, and both answer alike`() throws {
    let place = try withBranch()
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.recordAnswer("nps=10")
    let sync = try place.succeed("sync", "hn.ledger").lines
    #expect(sync[0].hasPrefix("received 3 events from HN, sent "))
    #expect(sync.contains("HQ: enrolled HN"))
    let here = try place.score("nps", "--by", "site")
    let there = try place.score("nps", "--by", "site", "--ledger", "hn.ledger")
    #expect(here["digest"].string == there["digest"].string)
    #expect(here["rows"].list.map { $0["group"]["site"].string } == ["HN", "HQ"])
    #expect(try place.succeed("sync", "hn.ledger").lines[0].hasPrefix("received 0 events"))
  }

  @Test func `a bundle carries what the peer's heads lack, once`() throws {
    let place = try withBranch()
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.succeed("bundle", "hn.bundle", "--ledger", "hn.ledger")
    #expect(try place.succeed("merge", "hn.bundle").lines[0].hasPrefix("received 2 events"))
    #expect(try place.succeed("merge", "hn.bundle").lines[0].hasPrefix("received 0 events"))
    try place.file("hn.json", try place.succeed("heads", "--json", "--ledger", "hn.ledger").output)
    try place.succeed("bundle", "hq.bundle", "--for", "hn.json")
    try place.succeed("merge", "hq.bundle", "--ledger", "hn.ledger")
    // The branch has vouched for what it took in; of that alone nobody makes more.
    try place.file("hq.json", try place.succeed("heads", "--json").output)
    try place.succeed("bundle", "last.bundle", "--for", "hq.json", "--ledger", "hn.ledger")
    #expect(try place.succeed("merge", "last.bundle").lines[0].hasPrefix("received 1 events"))
    let digests = try ["hq.ledger", "hn.ledger"].map {
      try place.score("nps", "--ledger", $0)["digest"].string
    }
    #expect(digests[0] == digests[1])
  }

  @Test(arguments: [20, 60, 200])
  func `a bundle with a flipped bit is refused, and the ledger stays as it was`(place at: Int)
    throws
  {
    let place = try withBranch()
    for _ in 0..<3 { try place.recordAnswer("nps=9", "--ledger", "hn.ledger") }
    try place.succeed("bundle", "hn.bundle", "--ledger", "hn.ledger")
    var bytes = try place.bytes(of: "hn.bundle")
    bytes[at] ^= 0x10
    try bytes.write(to: place.directory.appending(path: "hn.bundle"))
    let ending = try place.run(["merge", "hn.bundle"])
    #expect(ending.status != 0)
    #expect(ending.errors.hasPrefix("scorebook: "))
    #expect(try place.score("nps")["rows"][0]["n"].number == 0)
    try place.succeed("verify")
  }

  @Test func `an invitation starts a ledger of its own site only`() throws {
    let place = try withBranch()
    try place.fail("init", "x.ledger", "--site", "X", "--invite", "hn.invitation", status: 65)
    try place.fail("invite", "DN", "--ledger", "hn.ledger", status: 76)
  }

  @Test func `a copied ledger says so and goes on in a new log`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=9")
    for suffix in ["", "-wal", "-highwater"] {
      try? FileManager.default.copyItem(
        at: place.directory.appending(path: "hq.ledger\(suffix)"),
        to: place.directory.appending(path: "copy.ledger\(suffix)"))
    }
    let first = try place.run(["heads", "--ledger", "copy.ledger"])
    #expect(first.status == 0)
    #expect(first.errors.contains("copied, moved or restored"))
    #expect(first.lines.count { $0.contains(" HQ ") } == 2)
    try place.succeed("heads", "--ledger", "copy.ledger")
  }

  /// Scenario 22: what is claimed is never allocated.
  @Test func `scenario 22: a frame of 4 GiB is refused within a gigabyte of address space`() throws
  {
    let place = try withBranch()
    var bundle = RawBundle()
    bundle.add(claimedLength: .max)
    bundle.add(plain: [UInt8](repeating: 7, count: 4 << 20))
    try bundle.write(to: place.directory.appending(path: "hostile.bundle").path())
    let ending = try place.shell("ulimit -v 1048576; scorebook merge hostile.bundle")
    #expect(ending.status == 65, "\(ending.errors)")
    #expect(ending.errors.contains("frame 1 has 4294967295 bytes; at most 1048576 are taken"))
    try place.succeed("verify")
  }

  private func withBranch() throws -> Workplace {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invitation")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
    return place
  }
}
