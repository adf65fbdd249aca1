import LedgerCore
import Testing

@Suite struct CheckpointOriginTests {
  private static let ledger = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  private static let log = "000000000000000a000000000000000b"

  @Test func `an origin names the ledger and the log, and is read back`() throws {
    let origin = CheckpointOrigin(ledger: Digest256(hashing: []), log: LogID(high: 10, low: 11))
    #expect(origin.description == "scorebook/\(Self.ledger)/\(Self.log)")
    #expect(CheckpointOrigin(origin.name) == origin)
  }

  @Test(arguments: [
    "scorebook", "scorebook/\(ledger)", "scorebook/\(ledger)/", "/\(ledger)/\(log)",
    "scorebook/\(ledger)/\(log)/", "scorebook/\(ledger)/\(log)/x", "scorebook//\(log)",
    "Scorebook/\(ledger)/\(log)", "scorebook/\(ledger.uppercased())/\(log)",
    "scorebook/\(ledger)/\(log.uppercased())", "scorebook/\(log)/\(ledger)",
    "scorebook/\(ledger.dropLast(2))/\(log)", "scorebook/\(ledger)/\(log)00",
    "example.com/behind-the-sofa",
  ])
  func `any other name is refused`(text: String) throws {
    let name = try #require(NoteName(text))
    #expect(CheckpointOrigin(name) == nil)
  }
}
