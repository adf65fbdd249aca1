import LedgerCore
import TestSupport

extension NetCounts {
  /// Up to `most` responses of each class; sometimes none at all.
  static func random(upTo most: Int64, using generator: inout SplitMix64) -> NetCounts {
    NetCounts(
      detractors: .random(in: 0...most, using: &generator),
      passives: .random(in: 0...most, using: &generator),
      promoters: .random(in: 0...most, using: &generator))
  }
}

extension ScoreTotal {
  /// The total of up to `most` responses that count -1, 0 or 1.
  static func random(upTo most: Int64, using generator: inout SplitMix64) -> ScoreTotal {
    NetCounts.random(upTo: most, using: &generator).total
  }
}
