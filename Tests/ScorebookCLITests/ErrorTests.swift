import Foundation
import Testing

@Suite struct ErrorTests {
  @Test(arguments: Refused.all)
  func `a wrong argument or file gets one sentence and its code`(
    arguments: [String], status: Int32
  ) throws {
    let place = try Workplace.withLedger()
    try place.file("notes.txt", "Nothing that a ledger could read: only notes, of many words.\n")
    try place.file("map.yaml", Samples.mapping)
    try FileManager.default.createDirectory(
      at: place.directory.appending(path: "folder"), withIntermediateDirectories: false)
    let ending = try place.run(arguments)
    #expect(ending.status == status, "\(ending.errors)")
    #expect(ending.errors.hasPrefix("scorebook: "))
    #expect(ending.errors.count { $0 == "\n" } == 1, "\(ending.errors)")
    #expect(!ending.errors.contains("Error Domain"))
  }

  @Test func `a ledger that is not named is asked for`() throws {
    let place = try Workplace()
    let ending = try place.run(["score", "nps"], ledger: nil)
    #expect(ending.status == 64)
    #expect(ending.errors.contains("SCOREBOOK_LEDGER"))
  }

  @Test func `an argument that is no text is refused, and not recorded as another one`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.shell(
      """
      export SCOREBOOK_LEDGER=hq.ledger
      scorebook record survey-response-submitted --answer nps=9 --comment $'caf\\xe9'
      """)
    #expect(ending.status == 64)
    #expect(ending.errors == "scorebook: Argument 6 is not UTF-8 text. Convert it with iconv.\n")
    try place.expectUntouched()
  }

  @Test func `a recovery key that nobody could read leaves no ledger behind`() throws {
    let place = try Workplace()
    #expect(try place.runIntoFullDevice(["init", "hq.ledger", "--site", "HQ"]) == 74)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.directory.path()).isEmpty)
    // One that stands in a file is not lost.
    let written = ["init", "hq.ledger", "--site", "HQ", "--recovery-key", "key.txt"]
    #expect(try place.runIntoFullDevice(written) == 74)
    try place.succeed("verify")
    #expect(try place.bytes(of: "key.txt").count > 50)
  }

  @Test func `a path is said as it was given, whatever is in it`() throws {
    let place = try Workplace()
    let ending = try place.fail("init", "a ü/b.ledger", "--site", "B", status: 73)
    #expect(ending.errors.contains("a ü/b.ledger") && ending.errors.contains("no folder"))
    #expect(!ending.errors.contains("%"))
  }

  @Test func `a mistyped metric is answered with the nearest ones`() throws {
    let place = try Workplace.withLedger()
    #expect(try place.fail("score", "frt", status: 69).errors.contains("ticket.frt"))
  }

  @Test func `a mistyped command is answered with the nearest one, or with where they are listed`()
    throws
  {
    let place = try Workplace.withLedger()
    let near = try place.fail("recrod", "--answer", "nps=9", status: 64)
    #expect(near.errors == "scorebook: There is no command \"recrod\". Did you mean record?\n")
    let far = try place.fail("customers", status: 64)
    #expect(far.errors.contains("`scorebook --help` lists them."))
  }

  @Test func `what would change nothing is not recorded`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invite")
    try place.succeed("sync", "hn.ledger")
    let before = try place.succeed("heads").output
    let ending = try place.fail("delegate", "HN", "--end", status: 76)
    #expect(ending.errors.contains("decides about nobody"))
    #expect(try place.fail("invite", "HQ", status: 64).errors.contains("HQ itself"))
    #expect(try place.succeed("heads").output == before)
    try place.succeed("delegate", "HN")
    try place.succeed("delegate", "HN", "--end")
  }

  @Test func `a label that nothing carries is said beside an empty table`() throws {
    let place = try Workplace.withLedger()
    try place.succeed(
      "record", "survey-response-submitted", "--answer", "nps=9", "--label", "channel=phone")
    let note = "Nothing that is held here carries the label"
    for (arguments, label) in [
      (["--by", "chanel"], "chanel"), (["--where", "channel=mail"], "channel=mail"),
    ] {
      let table = try place.run(["score", "nps"] + arguments).output
      #expect(table.contains("warning: \(note) \(label)."), "\(table)")
    }
    let known = try place.succeed(
      "score", "nps", "--by", "channel,site", "--where", "channel=phone")
    #expect(!known.output.contains(note))
  }

  @Test func `an erasure says of how many customers nothing is held`() throws {
    let place = try Workplace.withLedger()
    try place.succeed(
      "record", "survey-response-submitted", "--answer", "nps=9", "--customer", "email:a@b.example",
      "--comment", "late")
    let both = try place.succeed("erase", "email:a@b.example", "email:b@b.example").output
    #expect(both.contains("erased 2 customers, deleted 1 texts here"))
    #expect(both.contains("nothing held here is of 1 of them"))
    #expect(try !place.succeed("erase", "email:a@b.example").output.contains("nothing held"))
  }

  @Test func `a stranger's ledger is refused`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("init", "other.ledger", "--site", "Other")
    try place.fail("sync", "other.ledger", status: 76)
    try place.succeed("bundle", "other.bundle", "--ledger", "other.ledger")
    try place.fail("merge", "other.bundle", status: 76)
  }

  @Test func `every exit code is in the help`() throws {
    let help = try Workplace().succeed("help", "exit-codes").output
    for code in [0, 64, 65, 66, 69, 70, 73, 74, 75, 76, 77] {
      #expect(help.contains("\(code)  "))
    }
  }

  @Test func `a full disk is said, and ends with the code for input and output`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.runIntoFullDevice(["metrics"])
    #expect(ending == 74)
  }
}

extension Workplace {
  /// Runs the program with its output going to a device that is always full.
  fileprivate func runIntoFullDevice(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = try Self.program()
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Command lines that are refused, by what the program ends with.
private enum Refused {
  static let usage: [[String]] = [
    ["--colour"],
    ["nonsense"],
    ["sync", "https://localhost:70000"],
    ["score"],
    ["score", "nps", "--at", "then"],
    ["score", "nps", "--at", "known:HQ"],
    ["score", "nps", "--at", "recorded:soon"],
    ["score", "nps", "--format", "xml"],
    ["score", "nps", "--by", "day,month"],
    ["score", "nps", "--where", "site"],
    ["score", "nps", "--tz", "Mars/Olympus"],
    ["score", "nps", "--from", "2026-02-01", "--to", "2026-01-01"],
    ["explain", "nps", "--between", "now"],
    ["void", "xyz"],
    ["erase", "someone"],
    ["history", "nps", "--limit", "0"],
    ["init", "b.ledger", "--site", "a/b"],
    ["init", "b.ledger", "--site", ""],
  ]

  static let badData: [[String]] = [
    ["score", "nps", "--ledger", "notes.txt"],
    ["merge", "notes.txt"],
    ["import", "notes.txt", "--map", "notes.txt"],
    ["init", "b.ledger", "--site", "B", "--invite", "notes.txt"],
    ["score", "nps", "--at", "clock:notes.txt"],
  ]

  static let missingInput: [[String]] = [
    ["score", "nps", "--ledger", "none.ledger"],
    ["merge", "none.bundle"],
    ["import", "none.csv", "--map", "map.yaml"],
    ["ingest", "none.json"],
    ["import", "notes.txt", "--map", "none.yaml"],
    ["sync", "none.ledger"],
    ["score", "nps", "--ledger", "folder"],
    ["merge", "folder"],
    ["ingest", "folder"],
    ["define", "folder"],
    ["join", "folder", "b.ledger"],
    ["import", "notes.txt", "--map", "folder"],
    ["bundle", "b", "--for", "none.json"],
  ]

  static let notHeld: [[String]] = [
    ["score", "npss"],
    ["score", "nps", "--at", "known:Nowhere@2026-01-01"],
    ["score", "nps", "--at", "publication:00000000000000000000000000000001/1"],
    ["void", "00000000000000000000000000000001"],
  ]

  static let cannotCreate: [[String]] = [
    ["init", "hq.ledger", "--site", "HQ"],
    ["init", "none/b.ledger", "--site", "B"],
    ["invite", "HN", "-o", "notes.txt"],
  ]

  static let all: [(arguments: [String], status: Int32)] =
    with(64, usage)
    + with(65, badData)
    + with(66, missingInput)
    + with(69, notHeld)
    + with(73, cannotCreate)

  private static func with(
    _ status: Int32, _ commands: [[String]]
  ) -> [(arguments: [String], status: Int32)] {
    commands.map { (arguments: $0, status: status) }
  }
}
