/// What the command line says.
struct Arguments {
  var seeds: ClosedRange<UInt64> = 1...500
  /// Of all seeds; no new one begins after so many.
  var stepsTotal: Int?
  var stepsPerSeed = 1_000
  var minutes: Double?
  var threads = 2
  var showsTrace = false

  static let usage = """
    usage: Tools/simulate [--steps N] [--seed S | --seeds A..B] [--steps-per-seed K]
      [--minutes M] [--threads T] [--trace]

    --steps N           begins no new seed after so many steps; seeds S, S+1, ... where only the first one is named
    --seed S            one seed; with --steps or --minutes the first one, 1 unless said otherwise
    --seeds A..B        the seeds to run; 1..500 where neither --steps nor --minutes is given
    --steps-per-seed K  1000 unless said otherwise; the session in which it is reached is ended
    --minutes M         begins no new seed after so long
    --threads T         seeds that run at the same time; 2 unless said otherwise
    --trace             prints what happens in each seed

    A step is one thing that a seed decides about: something that people or machines do (one machine records one to five
    events, a crash, a restore, a decision, a bundle made or merged, a shared folder synced, a session begun), or one
    frame that a wire between two machines delivers, drops, repeats, delays, flips, withholds texts of, or cuts. The end
    of a seed, in which all faults stop, everybody syncs and everything is compared, is one more, with all its sessions.
    """

  /// Nil for a line that says none of it.
  init?(_ words: [String]) {
    var words = words[...]
    var first: UInt64?
    var range: ClosedRange<UInt64>?
    while let word = words.popFirst() {
      if word == "--trace" {
        showsTrace = true
        continue
      }
      guard let value = words.popFirst() else { return nil }
      switch word {
      case "--seed": first = UInt64(value)
      case "--seeds": range = Self.range(value)
      case "--steps": stepsTotal = Self.positive(value)
      case "--steps-per-seed": stepsPerSeed = Self.positive(value) ?? 0
      case "--minutes": minutes = Double(value)
      case "--threads": threads = Self.positive(value) ?? 0
      default: return nil
      }
      let isUnderstood =
        switch word {
        case "--seed": first != nil
        case "--seeds": range != nil
        case "--steps": stepsTotal != nil
        case "--minutes": (minutes ?? 0) > 0
        default: stepsPerSeed > 0 && threads > 0
        }
      guard isUnderstood else { return nil }
    }
    guard first == nil || range == nil else { return nil }
    let isBounded = stepsTotal != nil || minutes != nil
    if let range {
      seeds = range
    } else if isBounded {
      seeds = (first ?? 1)...UInt64.max
    } else if let first {
      seeds = first...first
    }
  }

  private static func positive(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }

  private static func range(_ text: String) -> ClosedRange<UInt64>? {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).compactMap { UInt64($0) }
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return ends[0]...ends[1]
  }

  /// What replays one seed exactly.
  func replay(of seed: UInt64) -> String {
    "Tools/simulate --seed \(seed) --steps-per-seed \(stepsPerSeed) --trace"
  }
}
