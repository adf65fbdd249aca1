/// Who decides in the place of an authority that was lost.
///
/// Of several replacements every one holds, and a log ends at the least of what they say: the same at every site, in
/// whatever order they come.
struct Replacements: Sendable {
  /// The logs that decide, ascending.
  private(set) var logs: [LogID] = []
  private var ends: [LogID: UInt64] = [:]
  /// The logs that each replacement names.
  private var named: [Set<LogID>] = []

  mutating func note(_ replacement: AuthorityReplacement) {
    if !logs.contains(replacement.log) { logs = (logs + [replacement.log]).sorted() }
    named.append(Set(replacement.ended.map(\.log)))
    for end in replacement.ended { ends[end.log] = min(ends[end.log] ?? .max, end.seq) }
  }

  /// The last seq of the log that counts.
  func end(of log: LogID) -> UInt64 { ends[log] ?? .max }

  /// Whether the log decides no more.
  func isReplaced(_ log: LogID) -> Bool { ends[log] != nil }

  /// Whether the log inherits from the one that it names as its predecessor: of one that was replaced only what was
  /// known whenever it was.
  func inherits(_ log: LogID, from predecessor: LogID) -> Bool {
    named.allSatisfy { !$0.contains(predecessor) || $0.contains(log) }
  }
}
