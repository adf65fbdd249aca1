/// The newest state of a store in memory, for whoever reads or writes next.
///
/// A writer takes it out, so that appending copies nothing. Who reads meanwhile would have to load it again, which in a
/// large ledger costs more than many writes: so where readers come during writes, the next writes leave it to them and
/// append to a copy.
struct StateCache: Sendable {
  private var state: StoreState?
  private var isWriting = false
  /// So many writes to come leave the state to readers.
  private var sharedWrites = 0

  /// After a reader was seen during a write.
  private static let sharedWritesMax = 64

  /// Nil where the state in memory is another one.
  mutating func state(_ version: StateVersion) -> StoreState? {
    if isWriting { sharedWrites = Self.sharedWritesMax }
    return state?.version == version ? state : nil
  }

  func isNewer(than version: StateVersion) -> Bool {
    state?.version.isAfter(version) ?? false
  }

  /// A reader that was slow to load an older one changes nothing.
  mutating func set(_ newer: StoreState) {
    if isNewer(than: newer.version) { return }
    state = newer
  }

  /// For a writer, until `endWrite`.
  mutating func take(_ version: StateVersion) -> StoreState? {
    isWriting = true
    defer {
      if sharedWrites > 0 { sharedWrites -= 1 } else { state = nil }
    }
    return state?.version == version ? state : nil
  }

  mutating func endWrite() { isWriting = false }

  mutating func drop() { state = nil }
}
