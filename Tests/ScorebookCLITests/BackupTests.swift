import Foundation
import Testing

/// Scenario 4: how a copy of a ledger is made, and what becomes of one that was made otherwise.
@Suite struct BackupTests {
  @Test func `scenario 4: a backup is verified, private, and goes on in a log of its own`() throws {
    let place = try Workplace.withLedger()
    for answer in ["nps=9", "nps=3"] { try place.recordAnswer(answer, "--comment", "kept") }
    let lines = try place.succeed("backup", "kept.ledger").lines
    #expect(lines == ["kept.ledger: 3 entries of 1 logs, 2 texts, verified", "done"])
    let names = try FileManager.default.contentsOfDirectory(atPath: place.directory.path())
    // One file, whole by itself: nothing beside it, nothing unfinished.
    #expect(names.filter { $0.hasPrefix("kept.ledger") } == ["kept.ledger"])
    let file = place.directory.appending(path: "kept.ledger").path()
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    try place.recordAnswer("nps=10")
    let score = try place.run(["score", "nps", "--ledger", "kept.ledger", "--format", "json"])
    #expect(score.errors.contains("kept.ledger was copied, moved or restored"))
    #expect(try JSONReading(score.output)["rows"][0]["n"].number == 2)
    try place.recordAnswer("nps=0", "--ledger", "kept.ledger")
    try place.succeed("verify", "--ledger", "kept.ledger")
    // Both go on, and nothing is written twice under one address.
    try place.succeed("sync", "kept.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 4)
    try place.succeed("verify")
  }

  @Test func `scenario 4: a backup replaces nothing, and a damaged ledger makes none`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=9", "--comment", "a text that will be altered")
    try place.file("there.ledger", "mine")
    try place.fail("backup", "there.ledger", status: 73)
    #expect(String(decoding: try place.bytes(of: "there.ledger"), as: UTF8.self) == "mine")
    try place.fail("backup", "none/b.ledger", status: 73)
    // An earlier one was interrupted.
    try place.file("kept.ledger.part", "half a backup")
    try place.succeed("backup", "kept.ledger")

    var bytes = try place.bytes(of: "kept.ledger")
    let range = try #require(bytes.range(of: Data("a text that will".utf8)))
    bytes[range.lowerBound] ^= 1
    try bytes.write(to: place.directory.appending(path: "bad.ledger"))
    let ending = try place.run(["backup", "no.ledger", "--ledger", "bad.ledger"])
    #expect(ending.status == 65)
    #expect(ending.errors.contains("Text 0 of "))
    #expect(!ending.output.contains("done"))
    let names = try FileManager.default.contentsOfDirectory(atPath: place.directory.path())
    #expect(!names.contains { $0.hasPrefix("no.ledger") })
  }

  @Test
  func `scenario 4: a file that is copied without its write-ahead log opens as an older state`()
    throws
  {
    let place = try Workplace.withLedger()
    for _ in 0..<5 { try place.recordAnswer("nps=9") }
    #expect(try place.bytes(of: "hq.ledger-wal").count > 0)
    try place.bytes(of: "hq.ledger").write(to: place.directory.appending(path: "bare.ledger"))
    let ending = try place.run(["score", "nps", "--ledger", "bare.ledger", "--format", "json"])
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.contains("bare.ledger was copied, moved or restored"))
    try place.succeed("verify", "--ledger", "bare.ledger")
    try place.recordAnswer("nps=9", "--ledger", "bare.ledger")
    // What the copy lacked comes back, and what it recorded alone is not lost.
    try place.succeed("sync", "bare.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 6)
    #expect(try place.score("nps", "--ledger", "bare.ledger")["rows"][0]["n"].number == 6)
  }

  /// The file itself, put back as it was last week, in its place: only the high-water file sees it.
  @Test
  func `scenario 4: an older state in the place of the ledger is seen, and its address not reused`()
    throws
  {
    let place = try Workplace.withLedger()
    let file = place.directory.appending(path: "hq.ledger")
    let first = try place.recordAnswer("nps=9")
    let lost = try place.recordAnswer("nps=9")
    // In place, so that the file keeps its inode.
    let ending = try place.shell("truncate -s 0 hq.ledger-wal")
    #expect(ending.status == 0)
    #expect(FileManager.default.fileExists(atPath: file.path()))
    let next = try place.run(["record", "survey-response-submitted", "--answer", "nps=0"])
    #expect(next.status == 0)
    #expect(next.errors.contains("holds less than was recorded in it"))
    let address = try #require(next.lines.first)
    #expect(![first, lost].contains(address))
    #expect(address.prefix(32) != lost.prefix(32))
    try place.succeed("verify")
  }
}
