/// What each step of a change did to a score, when the score of any subset of the steps can be
/// replayed.
///
/// The effects of either kind add up to the whole change, up to rounding. They are nil if a score
/// that is needed does not exist: a subset may leave nothing to divide by.
public enum StepEffects {
  /// Every subset is replayed once, so the work doubles with each step: 12 are 4,096 replays.
  public static let stepsMax = 12

  /// Each step on top of those before it, as a waterfall shows them; `steps` + 1 replays.
  ///
  /// - Precondition: `steps` in 0...``stepsMax``.
  public static func inOrder<Failure: Error>(
    steps: Int, score: (StepSet) throws(Failure) -> Double?
  ) throws(Failure) -> [Double]? {
    checkLimit(steps)
    guard var last = try score(.none) else { return nil }
    var effects: [Double] = []
    for count in 0..<steps {
      guard let next = try score(StepSet(first: count + 1)) else { return nil }
      effects.append(next - last)
      last = next
    }
    return effects
  }

  /// The mean effect of each step over all orders in which the steps could have come (Shapley
  /// value); 2^`steps` replays. Steps that do the same get the same.
  ///
  /// Source: L. S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II
  /// (1953).
  ///
  /// - Precondition: `steps` in 0...``stepsMax``.
  public static func orderFree<Failure: Error>(
    steps: Int, score: (StepSet) throws(Failure) -> Double?
  ) throws(Failure) -> [Double]? {
    checkLimit(steps)
    var scores: [Double] = []
    for bits in 0..<(UInt32(1) << UInt32(steps)) {
      guard let value = try score(StepSet(bits: bits)) else { return nil }
      scores.append(value)
    }
    let shares = sharesOfOrders(steps: steps)
    return (0..<steps).map { step in
      scores.indices.reduce(0.0) { sum, index in
        let set = StepSet(bits: UInt32(index))
        guard !set.contains(step) else { return sum }
        let gain = scores[Int(set.inserting(step).bits)] - scores[index]
        return sum + shares[set.count] * gain
      }
    }
  }

  /// For a set of s steps: the share of all orders in which exactly these come before a given
  /// other one, s! (k - s - 1)! / k!.
  private static func sharesOfOrders(steps: Int) -> [Double] {
    guard steps > 0 else { return [] }
    var shares = [1 / Double(steps)]
    for size in 1..<max(1, steps) {
      shares.append(shares[size - 1] * Double(size) / Double(steps - size))
    }
    return shares
  }

  private static func checkLimit(_ steps: Int) {
    precondition(
      (0...stepsMax).contains(steps), "A change has at most \(stepsMax) steps; got \(steps).")
  }
}
