import Foundation
import FuzzTargets
import Testing

/// Every input that is kept, through its target. What broke the program once does so never again.
@Suite struct CorpusTests {
  /// In debug builds too, and beside other tests: the time that the thread itself works.
  private static let secondsMax = 1.0
  private static let corpusBytesMax = 300_000

  @Test(arguments: FuzzTarget.allCases)
  func `no input breaks a law, and none takes long`(target: FuzzTarget) throws {
    for file in try Corpus.files(of: target) {
      let bytes = try Corpus.bytes(of: file)
      // What the first input of a process needs for itself.
      _ = Stage.shared
      let start = Self.threadSeconds
      #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(on: bytes) }
      let seconds = Self.threadSeconds - start
      #expect(seconds < Self.secondsMax, "\(file.lastPathComponent) takes \(seconds) s")
    }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `each target begins with what the program itself makes`(target: FuzzTarget) throws {
    let names = try Corpus.files(of: target).map(\.lastPathComponent)
    #expect(names.contains { $0.hasPrefix("seed-") })
    let kinds = ["seed-", "crash-", "timeout-", "oom-"]
    #expect(names.allSatisfy { name in kinds.contains { name.hasPrefix($0) } })
  }

  @Test func `nothing but targets has inputs, and they are small`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Corpus.folder.path())
    #expect(Set(folders) == Set(FuzzTarget.allCases.map(\.rawValue)))
    let bytes = try FuzzTarget.allCases.flatMap { try Corpus.files(of: $0) }
      .reduce(0) { try $0 + Corpus.bytes(of: $1).count }
    #expect(bytes < Self.corpusBytesMax)
  }

  private static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
