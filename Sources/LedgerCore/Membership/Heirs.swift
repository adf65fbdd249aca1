/// Which log goes on from one whose key was given up.
///
/// A log that was left by rotation counts up to the head that its heir names, and nothing else goes on from it: whoever
/// still has the old key can neither add to the log nor begin another one in its name. Only the authority can enrol
/// what else shows up, such as an old backup of the site.
struct Heirs: Sendable {
  private struct Rotation: Sendable {
    var size: UInt64
    var heir: LogID
  }

  private var rotations: [LogID: Rotation] = [:]

  /// Notes that `heir` goes on with a new key after `size` entries of `log`. Of several the shortest holds, and of
  /// those the smallest log id: the same at every site.
  mutating func note(_ heir: LogID, of log: LogID, after size: UInt64) {
    let new = Rotation(size: size, heir: heir)
    guard let known = rotations[log] else { return rotations[log] = new }
    if (new.size, new.heir) < (known.size, known.heir) { rotations[log] = new }
  }

  /// The last seq of the log that its old key vouches for.
  func end(of log: LogID) -> UInt64 { rotations[log]?.size ?? .max }

  /// Whether the log inherits from the one that it names as its predecessor.
  func inherits(_ log: LogID, from predecessor: LogID) -> Bool {
    rotations[predecessor].map { $0.heir == log } ?? true
  }

  /// Whether the log's key was given up.
  func isGivenUp(_ log: LogID) -> Bool { rotations[log] != nil }
}
