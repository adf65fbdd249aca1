import Dispatch
import LedgerCore
import LedgerHTTP
import Testing

/// How many requests are in work, and how many wait for it.
@Suite struct `The workers of a hub` {
  /// Before all of them the last place was seen free by whoever looked, and then taken by each of those.
  @Test(.timeLimit(.minutes(1)))
  func `of many that come at one moment as many stay as may, and the others are sent away`()
    async throws
  {
    var limits = HubLimits()
    limits.requestsInWorkMax = 2
    limits.requestsWaitingMax = 3
    let (count, stayMax) = (400, 5)
    let workers = Workers(limits) {}
    let gate = DispatchSemaphore(value: 0)
    let stayed = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<count {
        group.addTask {
          do {
            try await workers.run { gate.wait() }
            return true
          } catch {
            return false
          }
        }
      }
      var results: [Bool] = []
      // Those who stay cannot end before; had one more stayed, this would wait for ever.
      while results.count < count - stayMax, let result = await group.next() {
        results.append(result)
      }
      for _ in 0..<stayMax { gate.signal() }
      while let result = await group.next() { results.append(result) }
      return results
    }
    #expect(stayed.prefix(count - stayMax).allSatisfy { !$0 })
    #expect(stayed.suffix(stayMax).allSatisfy { $0 })
    // There is a place again.
    #expect(try await workers.run { true })
  }

  @Test func `with no hand and no place everybody is sent away`() async {
    var limits = HubLimits()
    limits.requestsInWorkMax = 0
    limits.requestsWaitingMax = 0
    let workers = Workers(limits) {}
    await #expect(throws: Workers.Busy.self) { try await workers.run {} }
  }
}
