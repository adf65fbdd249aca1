/// What the command line says.
struct Arguments {
  var seeds: ClosedRange<UInt64> = 1...500
  var steps = 300
  var minutes: Double?
  var threads = 2
  var showsTrace = false

  static let usage = """
    usage: Tools/simulate [--seeds A..B | --seed N] [--steps K] [--minutes M] [--threads T] [--trace]

    --seeds A..B  the seeds to run; 1..500 unless said otherwise
    --seed N      one seed
    --steps K     steps of each seed; 300 unless said otherwise
    --minutes M   begins no new seed after so long; without --seeds there is no last one
    --threads T   seeds that run at the same time; 2 unless said otherwise
    --trace       prints what happens in each seed
    """

  /// Nil for a line that says none of it.
  init?(_ words: [String]) {
    var words = words[...]
    var hasSeeds = false
    while let word = words.popFirst() {
      switch word {
      case "--trace": showsTrace = true
      case "--seed":
        guard let seed = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
        seeds = seed...seed
        hasSeeds = true
      case "--seeds":
        guard let range = words.popFirst().flatMap(Self.range) else { return nil }
        seeds = range
        hasSeeds = true
      case "--steps":
        guard let count = words.popFirst().flatMap({ Int($0) }), count > 0 else { return nil }
        steps = count
      case "--minutes":
        guard let count = words.popFirst().flatMap({ Double($0) }), count > 0 else { return nil }
        minutes = count
      case "--threads":
        guard let count = words.popFirst().flatMap({ Int($0) }), count > 0 else { return nil }
        threads = count
      default: return nil
      }
    }
    if minutes != nil, !hasSeeds { seeds = 1...UInt64.max }
  }

  private static func range(_ text: String) -> ClosedRange<UInt64>? {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).compactMap { UInt64($0) }
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return ends[0]...ends[1]
  }

  /// What replays one seed exactly.
  func replay(of seed: UInt64) -> String {
    "Tools/simulate --seed \(seed) --steps \(steps) --trace"
  }
}
