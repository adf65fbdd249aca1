import Foundation
import Testing

/// A temporary directory in which the real program is run, as a user runs it.
final class Workplace {
  /// How one run ended.
  struct Ending {
    let status: Int32
    let output: String
    let errors: String

    /// Without the empty one after the last line break.
    var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
  }

  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(
      path: "scorebook-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: directory)
  }

  /// A workplace with the ledger `hq.ledger` of the site HQ.
  static func withLedger(timeZone: String = "UTC") throws -> Workplace {
    let workplace = try Workplace()
    try workplace.succeed("init", "hq.ledger", "--site", "HQ", "--tz", timeZone)
    return workplace
  }

  /// Runs the program; `hq.ledger` is the ledger unless the arguments name another one.
  func run(
    _ arguments: [String], input: String = "", ledger: String? = "hq.ledger"
  ) throws -> Ending {
    try run(Self.program(), arguments, input: input, ledger: ledger)
  }

  /// Runs another program of the same build.
  func run(program name: String, _ arguments: String...) throws -> Ending {
    try run(Self.program(name), arguments, ledger: nil)
  }

  /// Runs a script of bash, in which `scorebook` is the program.
  func shell(_ script: String) throws -> Ending {
    let path = try Self.program().deletingLastPathComponent().path()
    return try run(
      URL(filePath: "/usr/bin/env"), ["bash", "-c", "export PATH='\(path)':$PATH\n\(script)"])
  }

  private func run(
    _ program: URL, _ arguments: [String], input: String = "", ledger: String? = "hq.ledger"
  ) throws -> Ending {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    var environment = ProcessInfo.processInfo.environment
    environment["SCOREBOOK_LEDGER"] = ledger
    // Where a crash is looked for, nobody waits for its back trace.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    // Files, not pipes: nobody has to read them while the program runs.
    let name = UUID().uuidString
    let output = try file("\(name).out", "")
    let errors = try file("\(name).err", "")
    process.standardInput = try FileHandle(forReadingFrom: file("\(name).in", input))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Ending(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// Runs the program, which must end with 0 and say nothing on standard error.
  @discardableResult
  func succeed(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Ending {
    let ending = try run(arguments)
    #expect(ending.status == 0, "\(arguments): \(ending.errors)", sourceLocation: sourceLocation)
    #expect(ending.errors.isEmpty, "\(arguments)", sourceLocation: sourceLocation)
    return ending
  }

  /// Runs the program, which must refuse with one sentence on one line.
  @discardableResult
  func fail(
    _ arguments: String..., status: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Ending {
    let ending = try run(arguments)
    let said = "\(arguments): \(ending.errors)"
    #expect(ending.status == status, "\(said)", sourceLocation: sourceLocation)
    #expect(ending.errors.hasPrefix("scorebook: "), sourceLocation: sourceLocation)
    #expect(ending.errors.hasSuffix("\n"), sourceLocation: sourceLocation)
    #expect(
      ending.errors.count { $0 == "\n" } == 1, "\(ending.errors)", sourceLocation: sourceLocation)
    return ending
  }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> URL {
    let url = directory.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url
  }

  func bytes(of name: String) throws -> Data {
    try Data(contentsOf: directory.appending(path: name))
  }

  /// A program that the same build made.
  static func program(_ name: String = "scorebook") throws -> URL {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let places = [beside, Bundle.main.bundleURL, top.appending(path: ".build/debug")]
    let programs = places.map { $0.appending(path: name) }
    return try #require(programs.first { FileManager.default.isExecutableFile(atPath: $0.path()) })
  }
}
