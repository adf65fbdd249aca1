import Foundation

/// What a worker says, a line each: the process that started it must know it where a failed sync ends the worker.
enum WorkerLine: Codable {
  /// Where its files are.
  case folder(String)
  /// The scenario begins, with that call to fail.
  case begin(UInt64)
  /// So many steps have returned.
  case step(Int)
  /// Something is wrong.
  case found(String)
  /// The scenario has ended: how many calls failed, and how many errors it ended with.
  case done(failed: UInt64, thrown: Int)

  /// Says it on standard output, where it is at once: the next call may end the process.
  func say() throws {
    try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(self) + Data("\n".utf8))
  }

  /// All lines of an output.
  ///
  /// - Throws: `DecodingError` for one that no worker says.
  static func read(_ output: Data) throws -> [WorkerLine] {
    try output.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(WorkerLine.self, from: $0)
    }
  }
}
