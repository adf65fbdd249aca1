import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// Slow lines are served, and clients that do not want their answers are not waited for.
@Suite(.serialized) struct `A hub and slow lines` {
  private let hub: Ledger
  private let branch: Ledger

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 21)
  }

  private static let slow = 128 << 10

  @Test func `an answer that takes longer than a connection may be idle arrives`() async throws {
    try hub.recordMuch(24)
    let idleSeconds: Int64 = 5
    var limits = HubLimits()
    limits.idleSeconds = idleSeconds
    try await Hub.serving(hub, limits: limits) { server in
      let proxy = try CuttingProxy(to: server.port)
      proxy.setPace(bytesPerSecond: Self.slow)
      let outcome = try await server.sync(branch, port: proxy.port)
      #expect(outcome.here.received >= 24)
      #expect(outcome.seconds > Double(idleSeconds) * 1.2, "\(outcome.seconds) s")
      #expect(proxy.bytes(.down) > 1 << 20)
      try expectEqual(hub, branch)
    }
  }

  @Test func `an answer that is not fetched in time is cut off`() async throws {
    // Far more than the system takes of it before anybody reads.
    try hub.recordMuch(140)
    var limits = HubLimits()
    limits.answerGraceSeconds = 1
    limits.bytesPerSecondMin = 64 << 20
    try await Hub.serving(hub, limits: limits) { server in
      let proxy = try CuttingProxy(to: server.port)
      proxy.setPace(bytesPerSecond: Self.slow)
      await #expect(throws: HubError.self) { try await server.sync(branch, port: proxy.port) }
      try await server.sync(branch)
      try expectEqual(hub, branch)
    }
  }

  @Test func `who asks and does not read is cut off`() async throws {
    var limits = HubLimits()
    limits.stallSeconds = 2
    // While nothing is answered more and more comes: that is not what is tried here.
    limits.partsPerReadMax = .max / 2
    limits.unsentBytesMax = 16 << 10
    try await Hub.serving(hub, limits: limits) { server in
      let seconds = try await Hub.blocking { () -> Double? in
        let connection = try RawConnection(port: server.port, receiveBytes: 4_096)
        let question = Array(
          "POST /v1/nonces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n".utf8)
        return connection.secondsOfPatience(repeating: question, max: 60)
      }
      #expect(seconds != nil)
    }
  }

  @Test func `who asks thousands of things at once is cut off`() async throws {
    var limits = HubLimits()
    // Nothing else ends it meanwhile.
    limits.idleSeconds = 600
    limits.stallSeconds = 600
    try await Hub.serving(hub, limits: limits) { server in
      let seconds = try await Hub.blocking { () -> Double? in
        let connection = try RawConnection(port: server.port, receiveBytes: 4_096)
        let question = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        let questions = Array(String(repeating: question, count: 2_000).utf8)
        return connection.secondsOfPatience(repeating: questions, max: 60)
      }
      #expect(seconds != nil)
    }
  }

  @Test(arguments: ["POST \(HubPath.nonces)", "GET /healthz", "GET /readyz", "GET /metrics"])
  func `a body that nobody asked for is refused, and not waited for`(
    question: String
  ) async throws {
    var limits = HubLimits()
    limits.idleSeconds = 600
    try await Hub.serving(hub, limits: limits) { server in
      for field in ["Content-Length: 16000", "Transfer-Encoding: chunked"] {
        let (status, seconds) = try await Hub.blocking { () -> (Int?, Double?) in
          let head = "\(question) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(field)\r\n\r\n"
          let connection = try RawConnection(port: server.port)
          connection.send(head)
          let dribbling = try RawConnection(port: server.port)
          dribbling.send(head)
          return (
            connection.status(secondsMax: 20),
            dribbling.secondsOfPatience(repeating: [97], pause: 0.2, max: 60)
          )
        }
        #expect(status == 411 || status == 413)
        #expect(seconds != nil)
      }
    }
  }

  @Test func `the largest body has its time on the slowest line that is served`() {
    let limits = HubLimits()
    let rate = limits.bytesPerSecondMin
    #expect(rate <= 4 << 10)
    let seconds = Int64(SyncLimits.exchangeBytesMax) / rate
    #expect(limits.deadlineMilliseconds(ofBody: SyncLimits.exchangeBytesMax) > seconds * 1_000)
    #expect(limits.deadlineMilliseconds(ofAnswer: SyncLimits.exchangeBytesMax) > seconds * 1_000)
    // A stranger's body is small, and so is its time.
    #expect(limits.deadlineMilliseconds(ofBody: limits.strangerBytesMax) < 10_000)
  }
}

extension RawConnection {
  /// Sends the same again and again, reading nothing.
  ///
  /// - Returns: the seconds until the other side was gone; nil if it never was.
  fileprivate func secondsOfPatience(
    repeating bytes: [UInt8], pause: Double = 0.003, max: Double
  ) -> Double? {
    let start = ContinuousClock.now
    var rest = bytes[...]
    while true {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      guard seconds < max else { return nil }
      guard let count = offer(rest) else { return seconds }
      rest = rest.dropFirst(count)
      if rest.isEmpty { rest = bytes[...] }
      // One thing after the other, and not all at once.
      Thread.sleep(forTimeInterval: pause)
    }
  }
}
