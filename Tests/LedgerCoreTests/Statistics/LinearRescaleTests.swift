import LedgerCore
import Testing

@Suite struct LinearRescaleTests {
  @Test func `one to five becomes nought to a hundred`() throws {
    let rescale = try #require(LinearRescale(from: 1...5, to: 0...100))
    #expect(rescale(1) == 0)
    #expect(isClose(rescale(4.36), 84))
    #expect(rescale(5) == 100)
  }

  @Test func `a scale of one point cannot be stretched`() {
    #expect(LinearRescale(from: 3...3, to: 0...100) == nil)
  }

  @Test func `seconds become minutes with their interval`() {
    let seconds = ValueInterval(value: 120, low: 60, high: 300)
    let minutes = LinearRescale(factor: 1.0 / 60)(seconds)
    #expect(isClose(minutes, 2, 1...5, within: 1e-12))
  }
}
