import Foundation
import FuzzTargets
import TestSupport

/// The inputs that are kept: what the program itself makes, as `seed-…`, and what once broke it,
/// as libFuzzer names it: `crash-…`, `timeout-…`, `oom-…`.
enum Corpus {
  static let folder = ShippedMappings.root.appending(path: "Tests/Fuzz/Corpus")

  /// Of one target, ascending by name.
  static func files(of target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target.rawValue), includingPropertiesForKeys: nil
    ).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  static func bytes(of file: URL) throws -> [UInt8] {
    Array(try Data(contentsOf: file))
  }
}
