import FeedbackLedger
import Foundation
import TestSupport

/// Merges the whole of the council's cases, office by office, and compares every score with one ledger that imported
/// the file. Ends with 0 only when all are equal to the last bit; `Tools/council` builds and runs it.
@main
enum ScorebookCouncil {
  static func main() {
    do {
      guard SharedData.isPresent else {
        print("council: SKIPPED, nothing was compared: the data are not at ../shared/data")
        return
      }
      try compare()
    } catch {
      FileHandle.standardError.write(Data("council: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func compare() throws {
    let start = ContinuousClock.now
    let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
    let rowsMax = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? .max
    let say = { (text: String) in
      print("council: \((ContinuousClock.now - start).components.seconds) s: \(text)")
      fflush(nil)
    }
    say("seed \(seed)")
    var merge = try CouncilMerge(CouncilOffices(rowsMax: rowsMax), seed: seed, say: say)
    try merge.run()
    let (compared, differences) = try merge.differences()
    let findings = try merge.headOffice.verify().findings
    say("head office verified, \(findings.count) findings")
    for difference in differences.prefix(20) { print("council: differs: \(difference)") }
    guard compared > 0, differences.isEmpty, findings.isEmpty else { exit(1) }
    say("every score is that of one ledger, bit for bit")
  }
}
