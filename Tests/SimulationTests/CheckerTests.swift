import FeedbackLedger
import LedgerCore
import LedgerSimulation
import TestSupport
import Testing

/// A checker that cannot fail proves nothing: each finds what is planted, and nothing before that.
@Suite struct `Checkers` {
  private let views: [LedgerView]
  private let ledger: Ledger
  /// Of the first branch.
  private let log: LogID

  init() throws {
    var world = try World(seed: 11, branches: 2)
    try world.run(steps: 15)
    try world.converge()
    views = try world.ledgers.enumerated().map { try LedgerView(of: $1, machine: $0) }
    ledger = world.ledgers[1]
    log = ledger.log
  }

  private func found(_ change: (inout LedgerView) -> Void) -> Set<Violation.Checker> {
    var altered = views
    change(&altered[1])
    return Set(
      (Agreement.violations(in: altered) + ForkNaming.violations(in: altered, split: [])
        + altered.flatMap { Order.violations(in: $0) + Erasure.violations(in: $0) })
        .map(\.checker))
  }

  @Test func `nothing is found where nothing is planted`() {
    #expect(found { _ in } == [])
  }

  @Test func `a counter that differs`() {
    #expect(
      found { view in
        view.counters.add(1, to: .init(measure: "nps", site: "branch 0", day: 0, bucket: "9"))
      } == [.agreement])
  }

  @Test func `a head that differs`() {
    #expect(found { $0.heads[log] = nil } == [.agreement])
  }

  @Test func `a log that counts up to another entry`() {
    #expect(found { $0.limits[log] = 1 } == [.agreement])
  }

  @Test func `a root that is not that of the bytes`() {
    let found = found { view in
      guard let head = view.heads[log] else { return }
      view.heads[log] = Head(log: log, size: head.size, root: Digest256(hashing: [1]))
    }
    #expect(found == [.roots, .agreement])
  }

  @Test func `another entry under one seq that nobody names`() {
    let found = found { $0.logs[log]?[1].leaf = Digest256(hashing: [1]) }
    #expect(found == [.roots, .forkNaming])
  }

  @Test func `a fork that nobody made`() {
    #expect(found { $0.forks = [log: 1] } == [.agreement, .forkNaming])
  }

  @Test func `events in another order`() {
    #expect(found { $0.order?.swapAt(0, 3) } == [.order])
  }

  @Test func `a text that only some hold`() {
    var altered = views
    altered[1].logs[log]?[1].texts ^= 1
    #expect(Texts.violations(in: views).isEmpty)
    #expect(Texts.violations(in: altered).map(\.checker) == [.texts])
  }

  @Test func `a text of an erased customer`() {
    #expect(found { $0.textsOfErased = [Address(log: log, seq: 2)] } == [.erasure])
  }

  @Test func `an acknowledged entry that is lost, does not count, or counts twice`() throws {
    let entry = try #require(views[0].logs[log]?[2])
    let another = try #require(LogID(bytes: [UInt8](repeating: 9, count: 16)))
    var acknowledged = Acknowledgements()
    acknowledged.add(.init(leaf: entry.leaf, address: Address(log: log, seq: 3), machine: 1))
    func found(_ change: (inout LedgerView) -> Void) -> [String] {
      var views = views
      for index in views.indices { change(&views[index]) }
      return Retention.violations(in: views, acknowledged, limited: []).map(\.description)
    }
    #expect(found { _ in } == [])
    #expect(found { $0.logs[log]?.remove(at: 2) }.first?.hasSuffix("is held nowhere") == true)
    #expect(found { $0.limits[log] = 1 }.first?.hasSuffix("counts nowhere") == true)
    func written(at seq: UInt64) -> WrittenEntry {
      WrittenEntry(address: Address(log: log, seq: seq), leaf: entry.leaf)
    }
    #expect(
      found { $0.logs[log]?[3].repeats = written(at: 3) }.first?.hasSuffix("2 times") == true)
    // The same bytes that were written elsewhere are another entry, by itself or repeated; and no excuse for this one.
    #expect(found { $0.logs[log]?[3].repeats = written(at: 9) } == [])
    let gone = found {
      $0.limits[log] = 2
      $0.logs[another] = [entry]
      $0.limits[another] = 1
    }
    #expect(gone.first?.hasSuffix("counts nowhere") == true)
  }

  @Test func `a restored ledger that does not say so, and one that says so without reason`()
    throws
  {
    let head = try #require(views[0].heads[log])
    let short = Head(log: log, size: head.size - 1, root: Digest256(hashing: [1]))
    func found(_ finding: OpenFinding?, _ held: Head, isCopy: Bool = false) -> Int {
      RestoreReport.violations(
        finding, acknowledged: head, holdsAll: held == head, held: held, isCopy: isCopy, machine: 1
      ).count
    }
    #expect(found(nil, head) == 0)
    #expect(found(.shorterThanAcknowledged, short) == 0)
    #expect(found(.copied, short, isCopy: true) == 0)
    #expect(found(nil, short) == 1)
    #expect(found(.copied, head) == 1)
    #expect(found(nil, head, isCopy: true) == 1)
  }

  @Test func `one digest with two answers`() throws {
    var cuts = CutMemory()
    let digest = Digest256(hashing: [1])
    func note(_ rows: [String]) -> Violation.Checker? {
      cuts.note(rows, of: "nps", digest: digest, by: "a ledger", machine: 0)?.checker
    }
    #expect(note(["12"]) == nil)
    #expect(note(["12"]) == nil)
    #expect(note(["13"]) == .cuts)
  }

  @Test func `parts that do not sum`() {
    func found(_ first: Double, _ effects: [Double?]) -> Int {
      ExplanationSum.violations(
        "nps", first: first, second: 3, ends: [1, 3], effects: effects, machine: 0
      ).count
    }
    #expect(found(1, [1.5, 0.5]) == 0)
    #expect(found(1, [1.5]) == 1)
    #expect(found(2, [1]) == 1)
  }
}
