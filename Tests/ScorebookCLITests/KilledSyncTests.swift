import Foundation
import Testing

/// Scenario 8 with the real programs: `strace` kills one of them at its n-th call that writes, sends or syncs.
@Suite(
  .serialized,
  .enabled(if: SystemCalls.canBeTraced, "strace is not installed, or may trace nothing here"))
struct `A sync that is killed` {
  /// Every so many calls; `SCOREBOOK_KILL_STRIDE=1` takes each of them.
  private static let callsApart =
    ProcessInfo.processInfo.environment["SCOREBOOK_KILL_STRIDE"].flatMap { Int($0) } ?? 4
  private static let calls =
    "write,writev,pwrite64,sendto,sendmsg,ftruncate,fsync,fdatasync,rename,unlink"

  @Test
  func `scenario 8: a branch killed between any two writes of a sync converges after it`()
    throws
  {
    let pair = try Pair()
    let hub = try Served(pair.place, "hq.ledger", ["--name", "127.0.0.1"])
    try pair.enrol(at: hub.url)
    var kills = 0
    for call in stride(from: 1, to: 2_000, by: Self.callsApart) {
      try pair.recordAtBoth()
      let ending = try pair.place.shell(
        "strace -f -qq -o trace.txt \(Self.killing(at: call).joined(separator: " ")) "
          + "scorebook sync --once --ledger hn.ledger")
      try pair.expectConverged("killed at call \(call)")
      if ending.status == 0 { break }
      // As the shell says it, or as the program itself where the shell has made room for it.
      #expect([SIGKILL, 128 + SIGKILL].contains(ending.status), "\(ending.errors)")
      kills += 1
    }
    #expect(kills > 2)
    print("a sync was killed at \(kills) of its calls")
    #expect(hub.stop() == 0)
    try pair.verify()
  }

  @Test
  func `scenario 8: a hub killed between any two writes of a sync converges after it`()
    throws
  {
    let pair = try Pair()
    var hub = try Served(pair.place, "hq.ledger", ["--name", "127.0.0.1"])
    let port = hub.port
    try pair.enrol(at: hub.url)
    hub.stop()
    var (kills, survived) = (0, 0)
    for call in stride(from: 1, to: 2_000, by: Self.callsApart) where survived < 2 {
      try pair.recordAtBoth()
      // As its child, so that it keeps its own process.
      let tracer =
        ["strace", "-D", "-f", "-qq", "-o", "/dev/null"] + Self.killing(at: call)
      // One that is killed before it listens has nothing to lose yet.
      let traced = try? Served(
        pair.place, "hq.ledger", ["--name", "127.0.0.1"], port: port, tracer: tracer)
      let ending = try pair.place.run(["sync", "--once", "--ledger", "hn.ledger"])
      if ending.status == 0, traced?.isRunning == true {
        survived += 1
      } else {
        kills += 1
      }
      traced?.stop()
      hub = try Served(pair.place, "hq.ledger", ["--name", "127.0.0.1"], port: port)
      try pair.expectConverged("killed at call \(call)")
      hub.stop()
    }
    #expect(kills > 2)
    print("a hub was killed at \(kills) of its calls")
    try pair.verify()
  }

  private static func killing(at call: Int) -> [String] {
    ["-e", "trace=\(calls)", "-e", "inject=\(calls):signal=KILL:when=\(call)"]
  }

  /// A hub and a branch on one machine, and how many answers both have been told are recorded.
  private final class Pair {
    let place: Workplace
    private var recorded = 0.0

    init() throws {
      place = try Workplace.withLedger()
    }

    func enrol(at url: String) throws {
      try place.succeed("invite", "HN", "--url", url, "-o", "hn.invitation")
      try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
      try place.succeed("sync", "--ledger", "hn.ledger")
    }

    func recordAtBoth() throws {
      try place.recordAnswer("nps=9", "--comment", "of head office")
      try place.recordAnswer("nps=9", "--comment", "of the branch", "--ledger", "hn.ledger")
      recorded += 2
    }

    /// One session more, and both hold and answer the same.
    func expectConverged(_ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation)
      throws
    {
      try place.succeed("sync", "--ledger", "hn.ledger", sourceLocation: sourceLocation)
      let (here, there) = (try place.score("nps"), try place.score("nps", "--ledger", "hn.ledger"))
      #expect(here["rows"][0]["n"].number == recorded, comment, sourceLocation: sourceLocation)
      #expect(there["rows"][0]["n"].number == recorded, comment, sourceLocation: sourceLocation)
      #expect(
        here["digest"].string == there["digest"].string, comment, sourceLocation: sourceLocation)
    }

    func verify() throws {
      try place.succeed("verify")
      try place.succeed("verify", "--ledger", "hn.ledger")
    }
  }
}
