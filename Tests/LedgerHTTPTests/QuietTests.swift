import FeedbackLedger
import LedgerCore
import LedgerHTTP
import Synchronization
import TestSupport
import Testing

@Suite struct `A hub without work` {
  /// Looks that are due, and how often it was told to be quiet.
  private final class Told: Sendable {
    let looks = Mutex<[@Sendable () -> Void]>([])
    let quiet = Mutex(0)

    var dueCount: Int { looks.withLock { $0.count } }
    var quietCount: Int { quiet.withLock { $0 } }

    /// The while is over.
    func look() {
      let due = looks.withLock { looks in
        defer { looks = [] }
        return looks
      }
      for look in due { look() }
    }
  }

  private let told = Told()
  private let watch: QuietWatch

  init() {
    watch = QuietWatch { [told] look in
      told.looks.withLock { $0.append(look) }
    } onQuiet: { [told] in
      told.quiet.withLock { $0 += 1 }
    }
  }

  @Test func `is quiet once for every pause that lasts`() {
    for count in 1...3 {
      watch.workBegins()
      watch.workEnds()
      told.look()
      #expect(told.quietCount == count)
      #expect(told.dueCount == 0)
    }
  }

  @Test func `is looked at once, however often it was asked, and again where it was asked since`() {
    for _ in 0..<100 {
      watch.workBegins()
      watch.workEnds()
    }
    #expect(told.dueCount == 1)
    told.look()
    #expect(told.quietCount == 0 && told.dueCount == 1)
    told.look()
    #expect(told.quietCount == 1 && told.dueCount == 0)
  }

  @Test func `is not quiet in the middle of work`() {
    watch.workBegins()
    watch.workEnds()
    watch.workBegins()
    watch.workBegins()
    told.look()
    watch.workEnds()
    #expect(told.quietCount == 0 && told.dueCount == 0)
    watch.workEnds()
    told.look()
    #expect(told.quietCount == 1)
  }

  /// The program gives memory back then.
  @Test(.timeLimit(.minutes(1)))
  func `tells whoever serves`() async throws {
    var world = try World(seed: 12, branches: 0)
    let branch = try world.join("branch")
    var limits = HubLimits()
    limits.quietSeconds = 0
    let (calls, quiet) = AsyncStream.makeStream(of: Void.self)
    try await Hub.serving(world.authority, limits: limits, onQuiet: { quiet.yield() }) { server in
      try await server.sync(branch)
      var told = calls.makeAsyncIterator()
      // The first time before anybody has asked.
      for _ in 1...2 { _ = await told.next() }
    }
  }
}
