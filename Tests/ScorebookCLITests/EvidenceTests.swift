import Foundation
import Testing

/// The proof that two machines wrote to one log, as a file for somebody who holds no ledger.
@Suite struct EvidenceTests {
  @Test func `a proof that was written down is checked without any ledger`() throws {
    let place = try Self.forked()
    try place.succeed("evidence", "-o", "fork.evidence")
    let shown = try place.succeed("evidence").output
    let elsewhere = try Workplace()
    let text = String(decoding: try place.bytes(of: "fork.evidence"), as: UTF8.self)
    try elsewhere.file("fork.evidence", text)
    let checked = try elsewhere.run(["evidence", "--check", "fork.evidence"], ledger: nil)
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
    #expect(checked.output == "The proof holds; the site's name is not part of it.\n\(shown)")
    let piped = try elsewhere.run(["evidence", "--check", "-", "--json"], input: text, ledger: nil)
    #expect(piped.status == 0, "\(piped.errors)")
    let (said, written) = (try JSONReading(piped.output), try JSONReading(text))
    #expect(said["log"].string == written["log"].string && said["log"].string != nil)
    #expect(said["branches"].list.count == 2)
  }

  @Test(arguments: ["commonSeq", "publicKey", "proof"])
  func `a file that says something else than its proof is refused`(field: String) throws {
    let place = try Self.forked()
    try place.succeed("evidence", "-o", "fork.evidence")
    let text = String(decoding: try place.bytes(of: "fork.evidence"), as: UTF8.self)
    let name = try #require(text.firstRange(of: "\"\(field)\" : "))
    // The first letter or digit of what it says.
    let start = try #require(text[name.upperBound...].firstIndex { $0.isLetter || $0.isNumber })
    let letter = text[start] == "1" ? "2" : "1"
    let altered = text.replacingCharacters(in: start...start, with: letter)
    try place.file("other.evidence", altered)
    let ending = try place.fail("evidence", "--check", "other.evidence", status: 65)
    #expect(ending.output.isEmpty)
  }

  /// Head office has met both machines that go on from one image of a branch's.
  private static func forked() throws -> Workplace {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("join", "hn.invite", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    let image = try MachineImage(of: "hn.ledger", in: place)
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    try image.putBack(in: place)
    try place.recordAnswer("nps=3", "--ledger", "hn.ledger")
    #expect(try place.run(["sync", "hn.ledger"]).status == 65)
    return place
  }
}
