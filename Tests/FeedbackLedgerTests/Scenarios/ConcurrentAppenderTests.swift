import Dispatch
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore
import Synchronization
import TestSupport
import Testing

/// Three programs that have one file open: two append, one follows.
@Suite struct `Scenarios of two appenders` {
  /// How long they append; `SCOREBOOK_APPENDERS_SECONDS=3600` is the hour of the report.
  private static let seconds =
    ProcessInfo.processInfo.environment["SCOREBOOK_APPENDERS_SECONDS"].flatMap { Double($0) } ?? 4

  /// What both have been told is recorded.
  private final class Acknowledged: Sendable {
    private let addresses = Mutex<[Address]>([])
    private let ended = Mutex(0)
    var count: Int { addresses.withLock { $0.count } }
    var all: [Address] { addresses.withLock { $0 } }

    /// Whether both appenders are through.
    var isComplete: Bool { ended.withLock { $0 == 2 } }

    func end() {
      ended.withLock { $0 += 1 }
    }

    func add(_ outcomes: [RecordOutcome]) {
      let recorded = outcomes.compactMap { outcome in
        if case .recorded(let address) = outcome { address } else { nil }
      }
      addresses.withLock { $0 += recorded }
    }
  }

  @Test
  func `scenario 17: of two concurrent appenders no view ever skips an event that was committed`()
    async throws
  {
    let company = try Company()
    let path = company.folder.path("branch.ledger")
    let acknowledged = Acknowledged()
    let clock = company.branchClock
    let followed = try await withThrowingTaskGroup(of: [Address].self) { group in
      for number in 1...2 {
        group.addTask {
          try await onOwnThread {
            defer { acknowledged.end() }
            let ledger = try Ledger.open(at: path, surroundings: clock.surroundings)
            let end = ContinuousClock.now + .seconds(Self.seconds)
            while ContinuousClock.now < end {
              acknowledged.add(try Company.record(number, at: ledger))
            }
            return []
          }
        }
      }
      group.addTask {
        try await onOwnThread { try Self.follow(path, clock, acknowledged) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let written = acknowledged.all
    #expect(written.count > 20)
    #expect(Set(written).count == written.count, "two events under one address")
    #expect(Set(written).isSubset(of: followed))
    #expect(followed.count == Set(followed).count)
    let after = try Ledger.open(at: path, surroundings: clock.surroundings)
    #expect(try Company.answers(at: after) == Int64(written.count))
    try expectSound(after)
    print("followed \(followed.count) events, \(written.count) of two appenders")
  }

  /// Reads on from the last position, as a view does that keeps up with a ledger.
  ///
  /// - Returns: what it came by, in order of arrival.
  private static func follow(
    _ path: String, _ clock: WallClock, _ acknowledged: Acknowledged
  ) throws -> [Address] {
    let ledger = try Ledger.open(at: path, surroundings: clock.surroundings)
    var followed: [Address] = []
    var isLast = false
    while !isLast {
      // One round more after both have ended.
      isLast = acknowledged.isComplete
      let before = acknowledged.count
      let next = followed.count
      try ledger.store.read { _, state in
        for position in UInt32(next)..<state.lastPosition {
          let place = try #require(state.arrivals.place(ofPosition: position + 1))
          let log = state.logs[Int(place.log)].id
          followed.append(Address(log: log, seq: UInt64(place.seq)))
        }
      }
      let answers = try Company.answers(at: ledger)
      // The first entries of the file are no answers.
      #expect(Int(answers) >= before, "a view lacks what was acknowledged")
      let counters = StoreCounters(ledger)
      let position = UInt32(followed.count)
      #expect(
        try counters.changed(upTo: position) == counters.replayed(upTo: position),
        "at \(position)")
    }
    return followed
  }
}
