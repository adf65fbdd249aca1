import LedgerCore
import Testing

@Suite struct SampleSizeTests {
  @Test func `ten points of margin need 173 responses, 385 in the worst case`() {
    #expect(SampleSize.margin(points: 10, variance: 0.45) == 173)
    #expect(SampleSize.margin(points: 10, variance: 1) == 385)
  }

  @Test func `an experiment that finds ten points needs 707 responses an arm`() {
    #expect(SampleSize.perArm(points: 10, variances: (0.45, 0.45)) == 707)
  }

  @Test func `a sample of everybody has no error left`() {
    #expect(SampleSize.finitePopulationFactor(sample: 1, population: 1) == 0)
    #expect(SampleSize.finitePopulationFactor(sample: 40, population: 40) == 0)
    #expect(SampleSize.finitePopulationFactor(sample: 1, population: 40) == 1)
    #expect(
      isClose(
        SampleSize.finitePopulationFactor(sample: 19, population: 100), (81.0 / 99).squareRoot()))
  }

  @Test func `a sample of nobody, or of more than there are, has no factor`() {
    #expect(SampleSize.finitePopulationFactor(sample: 0, population: 10) == nil)
    #expect(SampleSize.finitePopulationFactor(sample: 11, population: 10) == nil)
  }
}
