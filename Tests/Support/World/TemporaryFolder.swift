import Foundation

/// A folder of its own for one test, gone when the last reference is.
package final class TemporaryFolder: Sendable {
  private let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "scorebook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  package func path(_ name: String) -> String {
    url.appendingPathComponent(name).path
  }

  package func make(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent(name), withIntermediateDirectories: false)
  }

  package func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(
      at: url.appendingPathComponent(name), to: url.appendingPathComponent(other))
  }

  package func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: url.appendingPathComponent(name))
  }
}
