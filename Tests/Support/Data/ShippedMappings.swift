package import FeedbackLedger
package import Foundation

/// The mapping files that ship with the program.
package enum ShippedMappings {
  /// The top of the repository.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  package static var names: [String] {
    let folder = root.appending(path: "Tools/mappings").path()
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  package static func yaml(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: "Tools/mappings/\(name).yaml"), encoding: .utf8)
  }

  package static func mapping(_ name: String) throws -> Mapping {
    try Mapping(yaml: yaml(name))
  }
}
