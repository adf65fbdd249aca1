import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import Synchronization
import TestSupport
import Testing

/// The parts of a hub by themselves.
@Suite struct `Parts of a hub` {
  private final class Seconds: Sendable {
    private let seconds = Mutex<Int64>(100)

    var now: Int64 { seconds.withLock { $0 } }
    func pass(_ count: Int64) { seconds.withLock { $0 += count } }
  }

  @Test func `a nonce is good once, for a minute, and at the hub that gave it`() {
    let clock = Seconds()
    let issuer = NonceIssuer(HubLimits()) { clock.now }
    let first = issuer.issue()
    let second = issuer.issue()
    #expect(issuer.spend(first))
    #expect(!issuer.spend(first))
    clock.pass(59)
    #expect(issuer.spend(second))
    let third = issuer.issue()
    clock.pass(60)
    #expect(!issuer.spend(third))
    let other = NonceIssuer(HubLimits()) { clock.now }
    #expect(!other.spend(issuer.issue()))
    #expect(!issuer.spend("") && !issuer.spend("AAAA"))
  }

  @Test func `what waits of an answer leaves on the slowest line before the connection is idle`() {
    let limits = HubLimits()
    let waiting = Int64(limits.waitingBytesMax + limits.answerStepBytes)
    #expect(waiting / limits.bytesPerSecondMin < limits.idleSeconds)
  }

  @Test func `a site lets an idle connection go before the hub does`() {
    #expect(HubAnswerLimits.idleSecondsMax < HubLimits().idleSeconds)
  }

  @Test func `used nonces are remembered up to a bound, and then none is taken`() {
    let clock = Seconds()
    var limits = HubLimits()
    limits.noncesUsedMax = 3
    let issuer = NonceIssuer(limits) { clock.now }
    #expect((0..<5).map { _ in issuer.spend(issuer.issue()) } == [true, true, true, false, false])
    clock.pass(60)
    #expect(issuer.spend(issuer.issue()))
  }

  @Test(arguments: Seeds.all)
  func `pauses grow within their bounds, differ, and honour what the hub asks`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var backoff = Backoff(baseSeconds: 1, maxSeconds: 20)
    let pauses = (0..<50).map { _ in backoff.next(using: &random) }
    #expect(pauses.allSatisfy { (1...20).contains($0) })
    #expect(Set(pauses).count > 40)
    #expect(backoff.next(atLeast: 30, using: &random) == 30)
  }

  @Test func `addresses are read, and plain HTTP stays on this machine`() throws {
    #expect(ListenAddress("8443")?.host == "0.0.0.0")
    #expect(ListenAddress("[::1]:80")?.isLoopback == true)
    #expect(ListenAddress("10.0.0.1:80")?.isLoopback == false)
    #expect(ListenAddress("a:b") == nil && ListenAddress("a:70000") == nil)
    let named = try HubAddress("https://hub.example/")
    #expect(named.authority == "hub.example")
    for url in ["https://hub.example", "https://hub.example:443/", "https://Hub.Example"] {
      #expect(named.isNamed(by: url), "\(url)")
    }
    for url in ["https://hub.example:8443", "http://hub.example:443", "hub.example", ""] {
      #expect(!named.isNamed(by: url), "\(url)")
    }
    let local = try HubAddress("http://localhost:8080")
    #expect(local.authority == "localhost:8080")
    #expect(try HubAddress("https://hub.example:65535").port == 65_535)
    let refused = ["http://hub.example", "ftp://x", "https://", "https://a/b", "https://u@a"]
    for text in refused + ["https://a:65536", "https://a:0"] {
      #expect(throws: HubError.badURL(text)) { try HubAddress(text) }
    }
    let plain = try HubAddress("http://hub.example", allowsPlain: true)
    #expect(!plain.isTLS)
  }

  @Test func `a body is taken up to its limits and not beyond`() throws {
    var batch = Scorebook_V1_Batch()
    var text = Scorebook_V1_DetachedText()
    text.bytes = ProtobufBytes.data([UInt8](repeating: 1, count: 1 << 19))
    batch.texts = [text]
    let message = batch
    func read(_ body: [UInt8]) throws {
      let frames = try Wire.unpacked(body)
      while try frames.next() != nil {}
    }
    // Half a megabyte of one byte: within the allowance once, and forty times only with what a writer pads it by.
    let body = try Wire.packed((0..<40).map { _ in .batch(message) })
    try read(body)
    let padding = try #require(body.firstRange(of: [0x50, 0x2A, 0x4D, 0x18]))
    #expect(throws: SyncRefusal.self) { try read(Array(body[..<padding.lowerBound])) }
    // More than 64 MiB, however it is packed.
    let large = try Wire.packed((0..<129).map { _ in .batch(message) })
    #expect(throws: SyncRefusal.self) { try read(large) }
    #expect(throws: SyncRefusal.self) {
      _ = try Wire.unpacked([UInt8](repeating: 0, count: SyncLimits.exchangeBytesMax + 1))
    }
    #expect(throws: SyncRefusal.self) { _ = try Wire.unpacked([]).next() }
  }

  @Test(arguments: Seeds.all)
  func `no damaged body makes the reader trap, and none passes`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var hello = Scorebook_V1_Hello()
    hello.site = "branch"
    hello.digest = ProtobufBytes.data((0..<32).map { _ in .random(in: 0...255, using: &random) })
    let body = try Wire.packed([.hello(hello), .goodbye(Scorebook_V1_Goodbye())])
    for _ in 0..<200 {
      var damaged = body
      let place = Int.random(in: body.indices, using: &random)
      if Bool.random(using: &random) {
        damaged[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      } else {
        damaged.removeSubrange(place...)
      }
      let read = try? { () throws -> [Scorebook_V1_Frame] in
        let frames = try Wire.unpacked(damaged)
        var read: [Scorebook_V1_Frame] = []
        while let frame = try frames.next() { read.append(frame) }
        return read
      }()
      // A flipped bit that Zstandard ignores may pass, if what it says is the same.
      if let read { #expect(read.first?.hello == hello && read.count == 2) }
    }
  }

  @Test func `every refusal survives its way over the wire`() {
    let log = LogID(high: 1, low: 2)
    for refusal: SyncRefusal in [
      .protocolVersion(got: 2, expected: 1), .malformed("x"), .uninvited(log: log),
      .stranger(mine: Digest256(hashing: [1]), theirs: "ab"),
      .tooLarge(what: "frame", got: 2, limit: 1), .tooMany(what: "logs", got: 2, limit: 1),
      .gap(log: log, held: 1, first: 3),
      .badCheckpoint(log: log, "y"), .badProof(log: log, size: 7), .fork(log: log, seq: 8),
      .undecodable(log: log, seq: 9), .pendingIsFull(log: log, limit: 11),
      .textMismatch(log: log, seq: 10), .unproven(log: log),
      .disowned(log: log), .ownLedger,
    ] {
      #expect(SyncRefusal(refusal.message) == refusal)
    }
  }
}
