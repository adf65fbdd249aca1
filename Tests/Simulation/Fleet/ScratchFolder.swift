import Foundation

/// A folder for the files of one seed, gone when the last reference is; in memory where the system has such a place,
/// since what is tested here is not the disk.
final class ScratchFolder: Sendable {
  private let url: URL

  init() throws {
    let shared = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
    let parent =
      FileManager.default.isWritableFile(atPath: shared.path())
      ? shared : FileManager.default.temporaryDirectory
    url = parent.appending(path: "scorebook-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appending(path: name).path() }
}
