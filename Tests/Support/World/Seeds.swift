import Foundation

/// The seeds that every law is tried with. A failing one is in the name of the failed case, and replays exactly.
package enum Seeds {
  /// Twenty, or as many as `SCOREBOOK_SEEDS` says: more for a long run.
  package static let all: [UInt64] = Array(
    1...(ProcessInfo.processInfo.environment["SCOREBOOK_SEEDS"].flatMap { UInt64($0) } ?? 20))
}
