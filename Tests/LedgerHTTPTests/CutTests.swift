import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// T11: the cable is pulled after every byte of an exchange, in both directions; the next session goes on from what is
/// really there.
@Suite struct `T11` {
  /// Every so many bytes; `SCOREBOOK_CUT_STRIDE=1` takes each of them.
  private static let stride =
    ProcessInfo.processInfo.environment["SCOREBOOK_CUT_STRIDE"].flatMap { Int($0) } ?? 23

  @Test(arguments: CuttingProxy.Direction.allCases)
  func `scenario 8: an exchange that is cut anywhere converges, without a duplicate or a loss`(
    direction: CuttingProxy.Direction
  ) async throws {
    var world = try World(seed: 21, branches: 0)
    let branch = try world.join("branch")
    let hub = world.authority
    try await Hub.serving(hub) { server in
      let proxy = try CuttingProxy(to: server.port)
      try await server.sync(branch, port: proxy.port)
      var (cuts, rounds) = (0, 0 as Int64)
      let before = try StoreCounters(hub).kept().total(.nps)
      var place = 1
      // An exchange that comes to its end before the cable is pulled was shorter than the place.
      while true {
        try branch.recordAnswers(1)
        try hub.recordAnswers(1)
        proxy.reset(cutting: direction, after: place)
        let isWhole = (try? await server.sync(branch, port: proxy.port)) != nil
        proxy.reset()
        // What came before the cut is whole transactions, and breaks nothing.
        if rounds.isMultiple(of: 50) { try #require(try hub.verify().findings.isEmpty) }
        try await server.sync(branch, port: proxy.port)
        try #require(try hub.holdings().digest == branch.holdings().digest, "at \(place)")
        rounds += 1
        try Self.requireAnswers(before + 2 * rounds, at: [hub, branch], "at \(place)")
        cuts += isWhole ? 0 : 1
        if isWhole, proxy.bytes(direction) < place || place > 20_000 { break }
        place += Self.stride
      }
      #expect(cuts > 2_000 / Self.stride)
      print("cut \(direction) at \(cuts) places up to byte \(place)")
    }
    try expectEqual(hub, branch)
    #expect(try hub.verify().findings.isEmpty)
    #expect(try branch.verify().findings.isEmpty)
  }

  private static func requireAnswers(
    _ count: Int64, at ledgers: [Ledger], _ comment: Comment
  ) throws {
    for ledger in ledgers {
      try #require(try StoreCounters(ledger).kept().total(.nps) == count, comment)
    }
  }

  @Test func `what came before the cut is not sent again`() async throws {
    var world = try World(seed: 22, branches: 0)
    let branch = try world.join("branch")
    let hub = world.authority
    try branch.recordAnswers(40_000)
    try await Hub.serving(hub) { server in
      let proxy = try CuttingProxy(to: server.port)
      try await server.sync(branch, port: proxy.port)
      let whole = proxy.bytes(.up)
      try branch.recordAnswers(40_000)
      // After a piece and a half.
      proxy.reset(cutting: .up, after: whole * 3 / 4)
      await #expect(throws: HubError.self) { try await server.sync(branch, port: proxy.port) }
      let sent = proxy.bytes(.up)
      proxy.reset()
      try await server.sync(branch, port: proxy.port)
      #expect(proxy.bytes(.up) < whole, "\(whole), \(sent), \(proxy.bytes(.up))")
      try expectEqual(hub, branch)
    }
  }

  @Test(arguments: CuttingProxy.Direction.allCases)
  func `a line that breaks while it is being secured is tried again, and no matter of trust`(
    direction: CuttingProxy.Direction
  ) async throws {
    var world = try World(seed: 23, branches: 0)
    let branch = try world.join("branch")
    let certificate = try HubCertificate.selfSigned(names: ["127.0.0.1"])
    try await Hub.serving(world.authority, certificate) { server in
      let proxy = try CuttingProxy(to: server.port)
      for place in [0, 1, 5, 60, 200, 400] {
        proxy.reset(cutting: direction, after: place)
        let error = await #expect(throws: HubError.self, "at \(place)") {
          try await server.sync(branch, port: proxy.port)
        }
        #expect(error?.isTransient == true, "at \(place): \(String(describing: error))")
      }
      proxy.reset()
      try await server.sync(branch, port: proxy.port)
    }
  }
}
