import LedgerCore
import Testing

/// Which events an item has to be folded again for, where other repetitions of an entry count nothing.
@Suite struct DoublesTests {
  private let first = EventPlace(log: 1, seq: 1)
  private let second = EventPlace(log: 2, seq: 1)
  private let third = EventPlace(log: 3, seq: 1)

  private func doubles(_ doubles: Set<EventPlace>, of first: EventPlace) -> Doubles {
    var all = Doubles()
    all.add(doubles, of: first)
    return all
  }

  @Test func `what counts is concerned by each double that comes or goes`() {
    let one = doubles([second], of: first)
    #expect(Doubles().members(differingFrom: one) == [first, second])
    #expect(one.members(differingFrom: Doubles()) == [first, second])
    #expect(
      one.members(differingFrom: doubles([second, third], of: first)) == [first, second, third])
  }

  @Test func `so is what was a double and counts now`() {
    let before = doubles([second, third], of: first)
    let after = doubles([first, third], of: second)
    #expect(before.members(differingFrom: after) == [first, second, third])
  }

  @Test func `groups that are as they were are none`() {
    var before = doubles([second], of: first)
    var after = before
    #expect(before.members(differingFrom: after).isEmpty)
    before.add([third], of: EventPlace(log: 4, seq: 9))
    after.add([third], of: EventPlace(log: 5, seq: 9))
    #expect(
      before.members(differingFrom: after)
        == [third, EventPlace(log: 4, seq: 9), EventPlace(log: 5, seq: 9)])
  }
}
