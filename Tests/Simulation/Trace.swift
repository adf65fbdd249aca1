package import LedgerCore

/// What happened in one seed, line by line; the same seed gives the same lines.
package struct Trace: Sendable {
  package struct Line: Sendable {
    package let step: Int
    package let text: String
    /// The machines it is about.
    package let machines: [Int]
  }

  package private(set) var lines: [Line] = []

  package init() {}

  package mutating func add(_ step: Int, _ text: String, machines: [Int]) {
    lines.append(Line(step: step, text: text, machines: machines))
  }

  /// Names the whole trace.
  package var digest: Digest256 { Digest256(hashing: Array(text.utf8)) }

  package var text: String { Self.text(of: lines) }

  /// The lines that are about some machines, the newest of them, and the end.
  package func excerpt(about machines: [Int], linesMax: Int = 40) -> String {
    let about = Set(machines)
    let end = lines.count - 6
    let kept = lines.enumerated().filter { index, line in
      index >= end || about.isEmpty || !about.isDisjoint(with: line.machines)
    }
    return Self.text(of: kept.suffix(linesMax).map(\.element))
  }

  private static func text(of lines: [Line]) -> String {
    lines.map { "\($0.step): \($0.text)\n" }.joined()
  }
}
