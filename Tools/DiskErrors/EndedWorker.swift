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
  /// Of each run that it finished.
  private(set) var done: [(failed: UInt64, thrown: Int)] = []

  /// Runs the process.
  ///
  /// - Throws: where it cannot be started; `DecodingError` for what no worker says.
  init(program: String, arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    // Its last words are read when it has ended: a back trace would not fit into the pipe.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"]
    ) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    self.errors = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // A signal is no exit code.
    status = process.terminationReason == .exit ? process.terminationStatus : -1
    for line in try WorkerLine.read(said) { take(line) }
  }

  private mutating func take(_ line: WorkerLine) {
    switch line {
    case .folder(let path): folder = path
    case .begin(let call): (number, reached) = (call, 0)
    case .step(let step): reached = step
    case .found(let what): findings.append((number ?? 0, what))
    case .done(let failed, let thrown): done.append((failed, thrown))
    }
  }

  /// The worker that a failed sync ended could not.
  func removeFolder() {
    if !folder.isEmpty { try? FileManager.default.removeItem(atPath: folder) }
  }
}
