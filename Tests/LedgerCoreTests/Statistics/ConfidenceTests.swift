import LedgerCore
import Testing

@Suite struct ConfidenceTests {
  @Test(arguments: [-1, 0, 49.9, 100, 101, .nan, .infinity])
  func `a confidence outside 50 to 100 is refused`(percent: Double) {
    #expect(Confidence(percent: percent) == nil)
  }

  @Test func `ninety-five per cent leaves out a fortieth on each side`() throws {
    let confidence = try #require(Confidence(percent: 95))
    #expect(confidence == .percent95)
    #expect(confidence.tail == 0.025)
    #expect(isClose(confidence.normalDeviate, 1.959963984540054, within: 1e-14))
  }
}
