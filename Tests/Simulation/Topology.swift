/// Who may sync with whom, before all sync with all.
package enum Topology: String, CaseIterable, Sendable {
  case star
  case tree
  case mesh
  case line

  /// Each pair once, the smaller number first.
  func links(machines: Int) -> [(Int, Int)] {
    (1..<max(1, machines)).flatMap { number in
      switch self {
      case .star: [(0, number)]
      case .tree: [((number - 1) / 2, number)]
      case .line: [(number - 1, number)]
      case .mesh: (0..<number).map { ($0, number) }
      }
    }
  }
}
