/// What several events repeat of forked logs' tails, and which of the repetitions counts.
///
/// One tail is repeated twice where its owner comes back after the authority has adopted it, or where two machines hold
/// the same copy and each repeats it by itself. In every cut the first in canonical order counts, whatever came first
/// here; the others are its doubles. Whoever may speak for the forked log, its successors and the authority, goes
/// before everybody else: an early stamp must not displace what the owner says.
package struct Repetitions: Sendable {
  /// One event that repeats an entry.
  package struct Repetition: Hashable, Sendable {
    package let place: EventPlace
    package let stamp: Int64

    package init(place: EventPlace, stamp: Int64) {
      self.place = place
      self.stamp = stamp
    }
  }

  /// Only what is repeated several times.
  private var groups: [TailEntry: [Repetition]] = [:]
  private var members: Set<EventPlace> = []

  package init() {}

  /// Whether something is repeated several times.
  package var isEmpty: Bool { groups.isEmpty }

  /// Whether the event is one of several that repeat the same.
  package func contains(_ place: EventPlace) -> Bool { members.contains(place) }

  /// All repetitions of one entry that are held; a single one needs no comparison.
  package mutating func set(_ repetitions: [Repetition], of entry: TailEntry) {
    guard repetitions.count > 1 else { return }
    groups[entry] = repetitions
    members.formUnion(repetitions.map(\.place))
  }

  /// The repetitions that count nothing in a cut, because another counts.
  package func doubles(_ rank: Rank) -> Doubles {
    groups.keys.reduce(into: Doubles()) { $0.formUnion(doubles(of: $1, rank)) }
  }

  /// The same for one entry.
  package func doubles(of entry: TailEntry, _ rank: Rank) -> Doubles {
    var doubles = Doubles()
    let counted = (groups[entry] ?? []).filter { rank.counts($0.place) }
    let first = counted.min { rank.precedes($0, $1, repeating: entry.address.log) }
    guard let first else { return doubles }
    doubles.add(Set(counted.map(\.place)).subtracting([first.place]), of: first.place)
    return doubles
  }
}

extension Repetitions {
  /// What of a cut decides between repetitions.
  package struct Rank {
    private let logs: [LogID]
    private let counted: [UInt32]
    private let membership: Membership?

    /// `logs`: the id of each log, by its number here.
    /// `counted`: how far each log counts, by log number.
    /// `membership`: of the same cut.
    package init(logs: [LogID], counted: [UInt32], membership: Membership?) {
      self.logs = logs
      self.counted = counted
      self.membership = membership
    }

    fileprivate func counts(_ place: EventPlace) -> Bool {
      place.seq <= counted[Int(place.log)]
    }

    fileprivate func precedes(
      _ left: Repetition, _ right: Repetition, repeating log: LogID
    ) -> Bool {
      let speaks = [left, right].map { mayRepeat(log, in: logs[Int($0.place.log)]) }
      if speaks[0] != speaks[1] { return speaks[0] }
      return (left.stamp, logs[Int(left.place.log)], left.place.seq)
        < (right.stamp, logs[Int(right.place.log)], right.place.seq)
    }

    private func mayRepeat(_ forked: LogID, in log: LogID) -> Bool {
      membership?.mayRepeat(forked, in: log) ?? false
    }
  }
}
