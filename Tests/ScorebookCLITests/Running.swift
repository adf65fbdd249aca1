import Foundation

/// The program while it runs beside a test.
final class Running {
  /// It ended before it had printed a line.
  struct Ended: Error {
    let said: String
  }

  private let process: Process
  private let output: Pipe
  private let log: URL

  /// `tracer`: runs before the program, and becomes its child.
  init(_ place: Workplace, _ arguments: [String], tracer: [String] = []) throws {
    let program = try Workplace.program()
    process = Process()
    output = Pipe()
    // A file, so that nobody has to read it while the program runs.
    log = try place.file("\(UUID().uuidString).err", "")
    process.executableURL = tracer.isEmpty ? program : URL(filePath: "/usr/bin/env")
    process.arguments = (tracer.isEmpty ? [] : tracer + [program.path()]) + arguments
    process.currentDirectoryURL = place.directory
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
  }

  deinit {
    if process.isRunning { kill() }
  }

  var isRunning: Bool { process.isRunning }

  /// What it prints next, and waits for: a line, or several that come at once.
  func line() throws -> String {
    var line = ""
    while !line.hasSuffix("\n") {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw Ended(said: line) }
      line += String(decoding: bytes, as: UTF8.self)
    }
    return line
  }

  /// What it has said on standard error so far.
  func errors() throws -> [UInt8] { Array(try Data(contentsOf: log)) }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// - Returns: what it ended with, after it was told to.
  @discardableResult
  func stop() -> Int32 {
    process.terminate()
    return wait()
  }

  /// - Returns: what it ended with by itself.
  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
