/// Which log goes on from one whose key was given up.
///
/// A log that was left by rotation counts up to the head that its heir names, and nothing else goes on from it: whoever
/// still has the old key can neither add to the log nor begin another one in its name. An heir is confirmed by whoever
/// decides who joins, as soon as it comes there, so that whoever has the old key cannot name another one afterwards.
/// Where several are named and none is confirmed, nobody goes on, and the log counts up to the least of what they say,
/// until a person has decided.
struct Heirs: Sendable {
  private struct Rotation: Sendable {
    var predecessor: LogID
    var size: UInt64
  }

  /// Of one log whose key was given up.
  private struct End: Sendable {
    var heirs = 0
    var least: UInt64 = .max
    /// The most that a confirmed heir says.
    var confirmed: UInt64?
  }

  private var rotations: [LogID: Rotation] = [:]
  private var ends: [LogID: End] = [:]
  private var confirmed: Set<LogID> = []

  /// Notes that `heir` goes on with a new key after `size` entries of `log`.
  mutating func note(_ heir: LogID, of log: LogID, after size: UInt64) {
    rotations[heir] = Rotation(predecessor: log, size: size)
    ends[log, default: End()].heirs += 1
    ends[log, default: End()].least = min(size, end(of: log))
  }

  /// Whoever decides has said that this heir goes on. It says nothing of a log that is none.
  mutating func confirm(_ heir: LogID) {
    guard let rotation = rotations[heir], confirmed.insert(heir).inserted else { return }
    let known = ends[rotation.predecessor]?.confirmed ?? 0
    ends[rotation.predecessor]?.confirmed = max(known, rotation.size)
  }

  /// Whether the log goes on, as it says, from one whose key was given up.
  func isHeir(_ log: LogID) -> Bool { rotations[log] != nil }

  /// The heirs of which nobody who decides has said that they go on, in no order.
  var unconfirmed: some Sequence<LogID> {
    rotations.keys.lazy.filter { [confirmed] in !confirmed.contains($0) }
  }

  /// The last seq of the log that its old key vouches for.
  func end(of log: LogID) -> UInt64 {
    ends[log].map { $0.confirmed ?? $0.least } ?? .max
  }

  /// Whether the log inherits from the one that it names as its predecessor.
  func inherits(_ log: LogID, from predecessor: LogID) -> Bool {
    guard let end = ends[predecessor] else { return true }
    guard rotations[log]?.predecessor == predecessor else { return false }
    return end.confirmed == nil ? end.heirs == 1 : confirmed.contains(log)
  }

  /// Whether the log's key was given up.
  func isGivenUp(_ log: LogID) -> Bool { ends[log] != nil }
}
