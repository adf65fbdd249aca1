package import LedgerSchema

/// What answers for a log that nobody has decided about. Whoever holds an invitation can start any number of logs with
/// it, and each can go on in others; invitations are the authority's to give.
extension Membership {
  package enum Origin: Hashable, Sendable {
    case invitation(ItemID)
    /// A log that shows none and goes on from none: the genesis.
    case log(LogID)
  }

  package func origin(of log: LogID) -> Origin {
    var current = log
    // A chain is at most as long as there are logs; a loop of forged predecessors ends here too.
    for _ in 0...members.count {
      guard let predecessor = members[current]?.predecessor else { break }
      current = predecessor
    }
    return members[current]?.invitation.map { .invitation($0) } ?? .log(current)
  }

  /// Of a log that is not held, by its first event.
  package func origin(of start: Scorebook_V1_LogStarted, log: LogID) -> Origin {
    if start.hasInvitation, let id = ItemID(bytes: start.invitation.id) { return .invitation(id) }
    guard start.hasPredecessor, let predecessor = LogID(bytes: start.predecessor.head.log) else {
      return .log(log)
    }
    return origin(of: predecessor)
  }

  /// Ascending. In time linear in the logs that are held.
  package func logs(from origin: Origin) -> [LogID] {
    var origins: [LogID: Origin] = [:]
    for log in members.keys {
      var way: [LogID] = []
      var current = log
      while origins[current] == nil, way.count <= members.count {
        way.append(current)
        guard let predecessor = members[current]?.predecessor else { break }
        current = predecessor
      }
      let found = origins[current] ?? self.origin(of: current)
      for step in way { origins[step] = found }
    }
    return origins.filter { $0.value == origin }.keys.sorted()
  }
}
