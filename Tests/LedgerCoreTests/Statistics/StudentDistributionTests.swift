import LedgerCore
import Testing

/// Expected values: 40-digit arithmetic.
@Suite struct StudentDistributionTests {
  @Test(arguments: [
    (1, 0.025, 12.7062047361747046), (2, 0.025, 4.30265272974946385),
    (3, 0.0005, 12.9239786366874831), (4, 0.005, 4.60409487134999323),
    (5, 0.025, 2.57058183563631551), (7, 0.05, 1.89457860509000739),
    (9, 0.025, 2.26215716279820554), (29, 0.025, 2.0452296421327043),
    (99, 0.025, 1.9842169515864175), (1_000, 0.025, 1.96233908082640848),
    (1_000_000, 0.025, 1.95996635681410704),
  ])
  func `a quantile is accurate to nine decimals`(degrees: Double, tail: Double, expected: Double) {
    let student = StudentDistribution(degreesOfFreedom: degrees)
    #expect(isClose(student.upperQuantile(tail), expected, within: 1e-10))
  }

  @Test(arguments: [1, 1.3, 2, 4.7, 29, 99.9, 100.1, 5_000, 99_999, 100_001, 1e9])
  func `a quantile undoes the distribution`(degrees: Double) {
    let student = StudentDistribution(degreesOfFreedom: degrees)
    for tail in [0.2, 0.05, 0.025, 0.005, 0.0005] {
      let both = student.bothTails(student.upperQuantile(tail))
      #expect(isClose(both / 2, tail, within: 1e-11))
    }
  }

  @Test func `more degrees of freedom come down to the normal quantile`() {
    let degrees: [Double] = [1, 2, 3, 10, 49, 99, 100, 101, 1_000, 99_999, 100_000, 1e6, 1e12]
    let quantiles = degrees.map {
      StudentDistribution(degreesOfFreedom: $0).upperQuantile(0.025)
    }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy(>))
    #expect(isClose(quantiles.last, Confidence.percent95.normalDeviate, within: 1e-10))
  }

  @Test func `zero is in the middle`() {
    #expect(isClose(StudentDistribution(degreesOfFreedom: 3).bothTails(0), 1))
  }
}
