/// Events that repeat what another one that counts repeats already: they count nothing. Each goes with the one that
/// counts, since whoever has seen one repetition of an entry has seen the entry.
package struct Doubles: Hashable, Sendable {
  private var places: Set<EventPlace> = []
  /// By the event that counts.
  private var groups: [EventPlace: Set<EventPlace>] = [:]

  package init() {}

  package var isEmpty: Bool { places.isEmpty }

  package func contains(_ place: EventPlace) -> Bool { places.contains(place) }

  /// Of an event that counts.
  package func doubles(of first: EventPlace) -> Set<EventPlace> { groups[first] ?? [] }

  package mutating func add(_ doubles: Set<EventPlace>, of first: EventPlace) {
    guard !doubles.isEmpty else { return }
    groups[first, default: []].formUnion(doubles)
    places.formUnion(doubles)
  }

  /// Takes groups out again, those of the entries that `others` is about.
  package mutating func subtract(_ others: Doubles) {
    for (first, group) in others.groups {
      groups[first] = nil
      places.subtract(group)
    }
  }

  package mutating func formUnion(_ others: Doubles) {
    for (first, group) in others.groups { add(group, of: first) }
  }

  /// Everything in the groups that differ: with another double, what has seen that one has seen the event that counts,
  /// which may be of another item.
  package func members(differingFrom others: Doubles) -> Set<EventPlace> {
    var members: Set<EventPlace> = []
    for (mine, theirs) in [(self, others), (others, self)] {
      for (first, group) in mine.groups where group != theirs.groups[first] {
        members.insert(first)
        members.formUnion(group)
      }
    }
    return members
  }
}
