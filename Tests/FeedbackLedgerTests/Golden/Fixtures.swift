import Foundation
import Testing

/// Files that were made once by this program and are kept: what it wrote then, it must read and write for ever.
///
/// They are made again by running their tests with `SCOREBOOK_MAKE_FIXTURES=1`. A fixture that differs afterwards means
/// that the format changed, and that every ledger out there would have to change with it.
enum Fixtures {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  static var areMadeAgain: Bool {
    ProcessInfo.processInfo.environment["SCOREBOOK_MAKE_FIXTURES"] == "1"
  }

  static func url(_ name: String) -> URL { folder.appending(path: name) }

  /// The lines of a text, without empty ones and comments.
  static func lines(_ name: String) throws -> [String] {
    try String(contentsOf: url(name), encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map(String.init)
  }

  static func write(_ lines: [String], to name: String) throws {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url(name))
    Issue.record("\(name) was made again; look at what changed, then run without the variable")
  }

  /// Runs gzip on a file: `-dc` to unpack, `-9nc` to pack.
  static func gzip(_ option: String, _ input: URL, to output: URL) throws {
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", option, input.path()]
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
