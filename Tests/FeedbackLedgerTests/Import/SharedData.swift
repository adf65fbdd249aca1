import FeedbackLedger
import Foundation

/// Public data sets that lie beside the package where they are wanted, and are no part of it.
enum SharedData {
  static let root = ShippedMappings.root.deletingLastPathComponent().appending(path: "shared/data")

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: root.path())
  }

  /// Imports a file, unpacked on the way where it is packed.
  static func sample(_ path: String, mapping: String) throws -> ImportSample {
    try sample(path, yaml: ShippedMappings.yaml(mapping))
  }

  static func sample(_ path: String, yaml: String) throws -> ImportSample {
    let file = root.appending(path: path).path()
    let mapping = try Mapping(yaml: yaml)
    guard path.hasSuffix(".gz") else {
      return try ImportSample(ByteSource(file: file), mapping: mapping)
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file]
    process.standardOutput = pipe
    try process.run()
    defer { process.waitUntilExit() }
    let output = pipe.fileHandleForReading
    return try ImportSample(
      ByteSource { count in try output.read(upToCount: count).map(Array.init) ?? [] },
      mapping: mapping)
  }
}
