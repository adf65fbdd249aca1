/// Where the customers of both windows went: detractor, passive or promoter then, and now.
public struct SwitchingMatrix: Hashable, Sendable {
  /// Ordered by what a class adds to a net score: -1, 0, 1.
  public enum Class: Int64, CaseIterable, Sendable {
    case detractor = -1
    case passive = 0
    case promoter = 1
  }

  private struct Cell: Hashable {
    let before: Class
    let after: Class
  }

  private var cells: [Cell: Int64] = [:]

  /// No customers yet.
  public init() {}

  /// Counts customers who answered in both windows.
  ///
  /// - Precondition: `customers` is not negative.
  public mutating func add(_ customers: Int64 = 1, from before: Class, to after: Class) {
    precondition(customers >= 0, "Counts are not negative; got \(customers).")
    guard customers > 0 else { return }
    cells[Cell(before: before, after: after), default: 0] += customers
  }

  /// How many went from one class to the other.
  public subscript(from before: Class, to after: Class) -> Int64 {
    cells[Cell(before: before, after: after), default: 0]
  }

  /// The panel's classes in the earlier window.
  public var before: NetCounts {
    Self.counts { one in Class.allCases.reduce(0) { $0 + self[from: one, to: $1] } }
  }

  /// The panel's classes in the later window.
  public var after: NetCounts {
    Self.counts { one in Class.allCases.reduce(0) { $0 + self[from: $1, to: one] } }
  }

  /// The paired test of the panel's change: the mean of the customers' own moves, in points, on
  /// m - 1 degrees of freedom. Nil for fewer than two customers, or if all moved alike: then there
  /// is no spread to compare with.
  public func change(confidence: Confidence = .percent95) -> ChangeTest? {
    let moves = IntegerHistogram(
      cells.map { cell, customers in
        (100 * (cell.after.rawValue - cell.before.rawValue), customers)
      })
    guard let mean = moves.mean, let variance = moves.variance, variance > 0 else { return nil }
    return ChangeTest(
      difference: mean,
      standardError: (variance / Double(moves.count)).squareRoot(),
      degreesOfFreedom: Double(moves.count - 1),
      confidence: confidence)
  }

  private static func counts(_ count: (Class) -> Int64) -> NetCounts {
    NetCounts(
      detractors: count(.detractor), passives: count(.passive), promoters: count(.promoter))
  }
}
