import Foundation
import Testing

/// One fold answers in every process, whatever became of the file in others.
@Suite struct AsOfTests {
  @Test func `every moment is answered by the same bytes as recorded, synced, rebuilt and copied`()
    throws
  {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invite")
    try place.file("map.yaml", Samples.mapping)
    try place.file("rows.csv", Samples.rows)
    var moments: [String] = []
    func step(_ arguments: String...) throws -> String {
      let ending = try place.run(arguments)
      #expect(ending.status == 0 || arguments[0] == "import", "\(ending.errors)")
      moments.append(Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(.now))
      return ending.lines.first ?? ""
    }
    var answers: [String] = []
    for (number, ledger) in ["hq", "hn", "hn", "hq", "hn"].enumerated() {
      answers.append(
        try step(
          "record", "survey-response-submitted", "--answer", "nps=\(number * 2)", "--ledger",
          "\(ledger).ledger"))
    }
    _ = try step("sync", "hn.ledger")
    _ = try step("import", "rows.csv", "--map", "map.yaml")
    _ = try step(
      "record", "survey-response-retracted", "--subject", answers[1], "--reason", "test",
      "--ledger", "hn.ledger")
    _ = try step("sync", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    let recorded = try Self.answers("hq.ledger", at: moments, place)
    #expect(Set(recorded).count >= 7)
    #expect(try Self.answers("hn.ledger", at: moments, place) == recorded)
    try place.succeed("backup", "copy.ledger")
    #expect(try Self.answers("copy.ledger", at: moments, place) == recorded)
    for ledger in ["hq.ledger", "copy.ledger"] {
      try place.succeed("rebuild", "--ledger", ledger)
      #expect(try Self.answers(ledger, at: moments, place) == recorded, "\(ledger)")
    }
  }

  /// As the program prints them, with the digest of each cut.
  private static func answers(
    _ ledger: String, at moments: [String], _ place: Workplace
  ) throws -> [String] {
    try moments.map { moment in
      let ending = try place.run([
        "score", "nps", "--by", "site,month", "--at", "recorded:\(moment)", "--format", "csv",
        "--ledger", ledger,
      ])
      #expect(ending.status == 0, "\(ending.errors)")
      return ending.output
    }
  }
}
