import Dispatch
import LedgerCore
import LedgerHTTP
import Synchronization
import Testing

/// How many requests are in work, and how many wait for it.
@Suite struct `The workers of a hub` {
  /// Once the last place was seen free by whoever looked, and then taken by each of those. Where none may work at all,
  /// see the tests of a busy hub.
  @Test(.timeLimit(.minutes(1)), arguments: [(2, 3), (1, 0)])
  func `of many that come at one moment as many stay as may, and the others are sent away`(
    inWork: Int, waiting: Int
  ) async throws {
    var limits = HubLimits()
    limits.requestsInWorkMax = inWork
    limits.requestsWaitingMax = waiting
    let (count, stayMax) = (400, inWork + waiting)
    let workers = Workers(limits) {}
    let gate = DispatchSemaphore(value: 0)
    let sentAway = Count()
    let stayed = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<count {
        group.addTask {
          do {
            try await workers.run { gate.wait() }
            return true
          } catch {
            sentAway.add()
            return false
          }
        }
      }
      // Those who stay cannot end before.
      let deadline = ContinuousClock.now + .seconds(10)
      while sentAway.number < count - stayMax, ContinuousClock.now < deadline {
        try? await Task.sleep(for: .milliseconds(5))  // Nothing tells that all have asked.
      }
      for _ in 0..<count { gate.signal() }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(stayed == stayMax)
    // There is a place again.
    #expect(try await workers.run { true })
  }

  private final class Count: Sendable {
    private let counted = Mutex(0)
    var number: Int { counted.withLock { $0 } }

    func add() {
      counted.withLock { $0 += 1 }
    }
  }
}
