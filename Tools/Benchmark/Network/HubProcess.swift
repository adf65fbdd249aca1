import FeedbackLedger
import Foundation
import LedgerHTTP

/// The real hub, `scorebook serve`, as a process of its own over TLS on loopback.
struct HubProcess {
  private let process = Process()
  private let address: HubAddress
  private let certificate: String

  /// Serves a ledger that nobody has open.
  init(ledger path: String) throws {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "scorebook")
    guard FileManager.default.isExecutableFile(atPath: program.path()) else {
      throw BenchmarkError.missing("\(program.path()): build the product scorebook beside this one")
    }
    process.executableURL = program
    process.arguments = ["serve", path, "--listen", "127.0.0.1:0", "--name", "localhost"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = Self.line(from: output.fileHandleForReading)
    guard let start = line.range(of: "https://") else {
      process.terminate()
      throw BenchmarkError.missing("the hub's address, in: \(line)")
    }
    address = try HubAddress(String(line[start.lowerBound...]))
    certificate = try String(
      contentsOfFile: HubCertificate.certificatePath(beside: path), encoding: .utf8)
  }

  private static func line(from handle: FileHandle) -> String {
    var bytes = Data()
    while bytes.last != UInt8(ascii: "\n") {
      let more = handle.availableData
      if more.isEmpty { break }
      bytes.append(more)
    }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func connection(of ledger: Ledger) throws -> HubConnection {
    try HubConnection(ledger, to: address, trust: .certificate(certificate))
  }

  /// Its memory, MiB: the greatest so far (`VmHWM`) or now (`VmRSS`).
  func memory(_ field: String) -> Double {
    ProcessMemory.mebibytes(field, of: String(process.processIdentifier)) ?? 0
  }

  /// Lets it end what it has in work.
  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
