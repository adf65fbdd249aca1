import Foundation

/// The program `serve` on a free port.
final class Served {
  let url: String
  /// What it printed.
  let said: String
  private let running: Running

  /// `tracer`: runs before the program, and becomes its child.
  init(
    _ place: Workplace, _ ledger: String, _ arguments: [String], host: String = "127.0.0.1",
    port: Int = 0, tracer: [String] = []
  ) throws {
    let running = try Running(
      place, ["serve", ledger, "--listen", "\(host):\(port)"] + arguments, tracer: tracer)
    // Its first line says that it listens, and where.
    let line = try running.line()
    self.running = running
    said = line
    url = String(line.split(separator: " ").last ?? "").trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  var port: Int { Int(url.split(separator: ":").last ?? "") ?? 0 }
  var isRunning: Bool { running.isRunning }

  /// What it has said on standard error so far.
  func errors() throws -> [UInt8] { try running.errors() }

  func kill() {
    running.kill()
  }

  /// - Returns: what it ended with.
  @discardableResult
  func stop() -> Int32 { running.stop() }
}
