import Foundation

/// What a worker's process said until it ended, by itself or by a failed sync.
struct EndedWorker {
  let status: Int32
  let errors: String
  private(set) var folder = ""
  /// The call that was to fail last, and the step that was reached then; nil where it came to none.
  private(set) var number: UInt64?
  private(set) var reached = 0
  private(set) var findings: [(number: UInt64, what: String)] = []
  /// What it said of each run that it finished.
  private(set) var done: [String] = []

  /// Runs the process.
  init(program: String, arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    self.errors = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // A signal is no exit code.
    status = process.terminationReason == .exit ? process.terminationStatus : -1
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      if words.count == 2 { take(words[0], words[1]) }
    }
  }

  private mutating func take(_ what: String, _ rest: String) {
    switch what {
    case "folder": folder = rest
    case "begin": (number, reached) = (UInt64(rest), 0)
    case "step": reached = Int(rest) ?? 0
    case "found": findings.append((number ?? 0, rest))
    case "done": done.append(rest)
    default: break  // Nothing that a worker says.
    }
  }

  /// The worker that a failed sync ended could not.
  func removeFolder() {
    if !folder.isEmpty { try? FileManager.default.removeItem(atPath: folder) }
  }
}
