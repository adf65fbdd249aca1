/// Some of the steps of a change, numbered from 0.
public struct StepSet: Hashable, Sendable {
  /// Bit i is step i.
  let bits: UInt32

  init(bits: UInt32) {
    self.bits = bits
  }

  /// The first `count` steps.
  ///
  /// - Precondition: `count` in 0...``StepEffects/stepsMax``.
  public init(first count: Int) {
    self.init(bits: (1 << UInt32(count)) - 1)
  }

  /// Nothing has happened yet.
  public static let none = StepSet(bits: 0)

  /// How many steps are in the set.
  public var count: Int { bits.nonzeroBitCount }

  /// Whether the step has happened in this set.
  public func contains(_ step: Int) -> Bool {
    (bits >> UInt32(step)) & 1 == 1
  }

  func inserting(_ step: Int) -> StepSet {
    StepSet(bits: bits | (1 << UInt32(step)))
  }
}
