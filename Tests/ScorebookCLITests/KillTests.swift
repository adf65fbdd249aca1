import Foundation
import Testing

/// Law 7: a ledger that answered "recorded" keeps the event, whenever the process is killed.
@Suite struct `Law 7` {
  @Test func `every address that was printed is there after 30 kills`() throws {
    let place = try Workplace.withLedger()
    let usual = try duration { try place.recordAnswer("nps=9") }
    let heads = try place.succeed("heads").lines.count
    var random = SystemRandomNumberGenerator()
    var acknowledged: [String] = []
    for round in 0..<30 {
      // From before the program has opened the ledger to after it has printed.
      let delay = usual * Double.random(in: 0.2...1.3, using: &random)
      let printed = try place.runAndKill(
        ["record", "survey-response-submitted", "--answer", "nps=9", "--id", "form-\(round)"],
        after: delay)
      acknowledged += printed.split(separator: "\n").map(String.init).filter { $0.contains("/") }
    }
    let listed = try place.succeed("log").output
    for address in acknowledged { #expect(listed.contains(address)) }
    try place.succeed("verify")
    // What was written and not printed is an event like any other: recording it again adds nothing.
    for round in 0..<30 {
      _ = try place.run(
        ["record", "survey-response-submitted", "--answer", "nps=9", "--id", "form-\(round)"])
    }
    #expect(try place.score("nps")["rows"][0]["n"].number == 31)
    try place.succeed("verify")
    // A kill loses nothing that was acknowledged, so no start may have taken the file for an older state of itself.
    #expect(try place.succeed("heads").lines.count == heads)
  }

  @Test func `an import that is killed anywhere is whole rows, and goes on where it stopped`()
    throws
  {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", Samples.mapping)
    let rows = (1...6_000).map { "\($0),2026-01-1\($0 % 10),\($0 % 11),A,comment \($0)" }
    try place.file(
      "rows.csv", (["id,day,q,shop,comment"] + rows).joined(separator: "\n") + "\n")
    var kept: Double = 0
    for delay in [0.05, 0.2, 0.4, 0.6, 0.8, 1.0] {
      _ = try place.runAndKill(["import", "rows.csv", "--map", "map.yaml"], after: delay)
      let count = try #require(try place.score("nps")["rows"][0]["n"].number)
      // Batches of rows are transactions: nothing that was there goes, nothing is there in part.
      #expect(count >= kept)
      #expect(count.truncatingRemainder(dividingBy: 2_000) == 0)
      kept = count
    }
    #expect(try place.succeed("verify").lines.last == "verified")
    let last = try place.run(["import", "rows.csv", "--map", "map.yaml"])
    #expect(last.status == 0)
    #expect(try place.score("nps")["rows"][0]["n"].number == 6_000)
    try place.succeed("verify")
  }

  /// In seconds.
  private func duration(_ body: () throws -> Void) rethrows -> Double {
    let elapsed = try ContinuousClock().measure(body)
    return Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds)
  }
}

extension Workplace {
  /// Starts the program and kills it after some seconds.
  ///
  /// - Returns: what it had printed by then.
  fileprivate func runAndKill(_ arguments: [String], after seconds: Double) throws -> String {
    let process = Process()
    process.executableURL = try Self.program()
    process.arguments = arguments + ["--ledger", "hq.ledger"]
    process.currentDirectoryURL = directory
    let output = try file("\(UUID().uuidString).out", "")
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Not a wait for anything to happen: the moment of the kill is the input of the test.
    Thread.sleep(forTimeInterval: seconds)
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    let text = try String(contentsOf: output, encoding: .utf8)
    // A line without its end was not printed.
    return text.lastIndex(of: "\n").map { String(text[...$0]) } ?? ""
  }
}
