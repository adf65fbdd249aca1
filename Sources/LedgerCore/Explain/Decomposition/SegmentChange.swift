/// One segment in two windows. Absent from a window is a count of 0.
public struct SegmentChange<Segment: Hashable & Sendable>: Hashable, Sendable {
  /// A branch, a channel, a product.
  public let segment: Segment
  /// Its scores in the earlier window.
  public let before: ScoreTotal
  /// Its scores in the later window.
  public let after: ScoreTotal

  /// One row of the input of a ``MixRateDecomposition``.
  public init(_ segment: Segment, before: ScoreTotal, after: ScoreTotal) {
    self.segment = segment
    self.before = before
    self.after = after
  }
}
