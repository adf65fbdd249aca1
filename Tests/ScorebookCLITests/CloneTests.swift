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
    let image = try Image(of: "hn.ledger", in: place)
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

  /// The files of a ledger as they were, put back in place as a machine's snapshot does: nothing in them shows it.
  private struct Image {
    private let files: [String: Data]

    init(of name: String, in place: Workplace) throws {
      var files: [String: Data] = [:]
      for suffix in ["", "-wal", "-highwater"] {
        files[name + suffix] = try? place.bytes(of: name + suffix)
      }
      self.files = files
    }

    func putBack(in place: Workplace) throws {
      for (name, bytes) in files {
        try bytes.write(to: place.directory.appending(path: name))
        try? FileManager.default.removeItem(at: place.directory.appending(path: name + "-shm"))
      }
    }
  }
}
