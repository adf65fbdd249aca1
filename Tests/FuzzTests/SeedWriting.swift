import Foundation
import FuzzTargets
import Testing

/// Writes the seeds of the corpus anew, from what the program makes today: only with `SCOREBOOK_MAKE_SEEDS=1`, which
/// `Tools/fuzz --seeds` sets. Crashers stay.
@Suite struct SeedWriting {
  private static let isAskedFor =
    ProcessInfo.processInfo.environment["SCOREBOOK_MAKE_SEEDS"] == "1"

  @Test(.enabled(if: isAskedFor)) func `seeds are written`() throws {
    let sources: [() throws -> [Seed]] = [
      { try EntrySeeds.all() }, { try FrameSeeds.all() }, { try FileSeeds.all() },
      { try ForkSeeds.all() }, { try TextSeeds.all() }, { ImportSeeds.all() },
      { try PageSeeds.all() },
    ]
    let seeds = try sources.flatMap { try $0() }
    for target in FuzzTarget.allCases {
      let folder = Corpus.folder.appending(path: target.rawValue)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in try Corpus.files(of: target) where file.lastPathComponent.hasPrefix("seed-") {
        try FileManager.default.removeItem(at: file)
      }
      let own = seeds.filter { $0.target == target }
      #expect(!own.isEmpty && Set(own.map(\.name)).count == own.count)
      for seed in own {
        try Data(seed.bytes).write(to: folder.appending(path: "seed-\(seed.name)"))
      }
    }
  }
}

/// One input to begin with.
struct Seed {
  var target: FuzzTarget
  var name: String
  var bytes: [UInt8]

  init(_ target: FuzzTarget, _ name: String, _ bytes: [UInt8]) {
    self.target = target
    self.name = name
    self.bytes = bytes
  }

  init(_ target: FuzzTarget, _ name: String, _ text: String) {
    self.init(target, name, Array(text.utf8))
  }
}
