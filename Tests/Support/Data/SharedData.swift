package import FeedbackLedger
package import Foundation

/// Public data sets that lie beside the package where they are wanted, and are no part of it.
package enum SharedData {
  package static let root = ShippedMappings.root.deletingLastPathComponent()
    .appending(path: "shared/data")

  package static var isPresent: Bool {
    FileManager.default.fileExists(atPath: root.path())
  }

  /// The bytes of a file, unpacked where it is packed.
  package static func bytes(_ path: String) throws -> [UInt8] {
    let file = root.appending(path: path)
    guard path.hasSuffix(".gz") else { return Array(try Data(contentsOf: file)) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path()]
    process.standardOutput = pipe
    try process.run()
    defer { process.waitUntilExit() }
    return Array(try pipe.fileHandleForReading.readToEnd() ?? Data())
  }

  package static func source(_ path: String) throws -> ByteSource {
    ByteSource(whole: try bytes(path))
  }
}

extension ByteSource {
  /// Bytes that are there already.
  package init(whole bytes: [UInt8]) {
    var rest = bytes[...]
    self.init { count in
      let piece = Array(rest.prefix(count))
      rest = rest.dropFirst(count)
      return piece
    }
  }
}
