import Foundation

/// The program `serve` on a free port.
final class Served {
  /// It ended before it listened.
  struct Ended: Error {
    let said: String
  }

  let url: String
  private let process: Process
  private let log: URL

  /// `tracer`: runs before the program, and becomes its child.
  init(
    _ place: Workplace, _ ledger: String, _ arguments: [String], port: Int = 0,
    tracer: [String] = []
  ) throws {
    process = Process()
    let program = try Workplace.program()
    let command = tracer + [program.path()]
    process.executableURL = tracer.isEmpty ? program : URL(filePath: "/usr/bin/env")
    process.arguments =
      (tracer.isEmpty ? [] : command) + ["serve", ledger, "--listen", "127.0.0.1:\(port)"]
      + arguments
    process.currentDirectoryURL = place.directory
    // A file, so that nobody has to read it while the program runs.
    log = try place.file("\(UUID().uuidString).err", "")
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    // Its first line says that it listens, and where.
    var line = ""
    while !line.hasSuffix("\n") {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw Ended(said: line) }
      line += String(decoding: bytes, as: UTF8.self)
    }
    said = line
    url = String(line.split(separator: " ").last ?? "").trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  deinit {
    if process.isRunning { kill() }
  }

  /// What it printed.
  let said: String
  var port: Int { Int(url.split(separator: ":").last ?? "") ?? 0 }
  var isRunning: Bool { process.isRunning }

  /// What it has said on standard error so far.
  func errors() throws -> [UInt8] { Array(try Data(contentsOf: log)) }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// - Returns: what it ended with.
  @discardableResult
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
