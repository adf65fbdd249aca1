import Foundation
import Testing

/// The transcript of the README, run as it stands there.
@Suite struct ReadmeTests {
  @Test func `every command of the main job in the README succeeds, in order`() throws {
    let commands = try #require(try ReadmeCommands.blocks(under: "The main job").first)
    #expect(commands.count >= 12)
    #expect(commands.allSatisfy { $0.hasPrefix("scorebook ") })
    let place = try Workplace()
    try place.file("hcm.csv", Self.export("hcm", rows: 60))
    try place.file("hn.csv", Self.export("hn", rows: 40))
    try place.file("branch.yaml", Self.mapping)
    for command in commands {
      let ending = try place.shell(command)
      #expect(ending.status == 0, "\(command): \(ending.errors)")
      #expect(!ending.output.isEmpty, "\(command)")
    }
    let score = try place.shell("scorebook score nps --by site --ledger hq.ledger --format json")
    let rows = try JSONReading(score.output)["rows"].list
    #expect(rows.map { $0["group"]["site"].string } == ["hcm", "hn"])
    #expect(rows.map { $0["n"].number } == [60, 40])
  }

  private static func export(_ branch: String, rows: Int) -> String {
    let lines = (1...rows).map { row in
      "\(branch)-\(row),2026-0\(row % 3 + 1)-1\(row % 9),\(row % 11),\(row % 5 + 1)"
    }
    return (["id,date,nps,csat"] + lines).joined(separator: "\n") + "\n"
  }

  private static let mapping = """
    source: branch-export
    rows: survey
    id: id
    occurred: {column: date, format: yyyy-MM-dd, zone: Asia/Ho_Chi_Minh}
    survey:
      id: relationship
      questions:
        - {id: nps, column: nps, metric: nps, scale: [0, 10]}
        - {id: csat, column: csat, metric: csat, scale: [1, 5]}
    """
}
