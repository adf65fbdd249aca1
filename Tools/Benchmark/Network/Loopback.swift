import Foundation

/// What crosses the loopback interface: every byte once, the headers of TCP, IP and TLS with it.
enum Loopback {
  static func bytes() throws -> Int {
    let path = "/sys/class/net/lo/statistics/tx_bytes"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard let count = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw BenchmarkError.missing("a number in \(path)")
    }
    return count
  }

  /// The bytes that crossed while `body` ran.
  static func bytes(during body: () throws -> Void) throws -> Int {
    let before = try bytes()
    try body()
    return try bytes() - before
  }
}
