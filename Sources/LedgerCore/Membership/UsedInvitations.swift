/// The log that each invitation has let in. An invitation is good once, and those who decide may each have enrolled a
/// log by it before they heard of each other.
struct UsedInvitations: Sendable {
  /// By the invitation's own key: of a cloned authority two invitations have one id.
  private var logs: [[UInt8]: (log: LogID, author: LogID)] = [:]

  /// Whether somebody else than the author has let in another log by it. One author lets in a second one on a person's
  /// word only, also where an older program did not write down that it was one. False for the empty key: that of no
  /// invitation.
  func isUsed(_ key: [UInt8], byOtherThan log: LogID, author: LogID) -> Bool {
    logs[key].map { $0.log != log && $0.author != author } ?? false
  }

  /// The first one stays.
  mutating func note(_ key: [UInt8], by log: LogID, author: LogID) {
    if !key.isEmpty, logs[key] == nil { logs[key] = (log, author) }
  }
}
