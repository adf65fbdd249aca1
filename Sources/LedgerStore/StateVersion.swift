import GRDB
import LedgerCore

/// Tells whether a state in memory is that of the file.
package struct StateVersion: Hashable, Sendable {
  var step: Int64
  /// Counts rebuilds and other writes that move no position.
  var generation: Int64

  /// Whether the file came to it later than to the other.
  func isAfter(_ other: StateVersion) -> Bool {
    (generation, step) > (other.generation, other.step)
  }

  init(step: Int64, generation: Int64) {
    self.step = step
    self.generation = generation
  }

  init(_ database: Database) throws {
    let last = try RawStatement(
      kept: database, "SELECT step FROM arrival ORDER BY first_position DESC LIMIT 1")
    defer { last.reset() }
    step = try last.step() ? last.integer(0) : 0
    generation = try LocalSetting.generation.integer(in: database) ?? 0
  }
}
