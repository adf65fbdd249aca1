import Foundation
import Testing

/// The commands that the README shows.
enum ReadmeCommands {
  /// What follows `$ ` in each block under a heading that begins so, without the comments.
  static func blocks(under heading: String) throws -> [[String]] {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: top.appending(path: "README.md"), encoding: .utf8)
    let sections = text.components(separatedBy: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix(heading) }, "\(heading)")
    // What lies between two fences is a block, and the next part is text again.
    let parts = section.components(separatedBy: "```")
    return stride(from: 1, to: parts.count, by: 2).map { commands(in: parts[$0]) }
  }

  private static func commands(in block: String) -> [String] {
    block.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { line in
      let command = line.dropFirst(2).prefix { $0 != "#" }
      return String(command).trimmingCharacters(in: .whitespaces)
    }
  }
}
