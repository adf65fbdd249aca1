import LedgerCore
import LedgerHTTP
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

/// Of a refused client so much is read that its close is seen, and no more.
@Suite struct `A refused client` {
  /// Counts what is read of the connection; stands where the socket would.
  private final class Reads: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = NIOAny
    let count = Mutex(0)

    func read(context: ChannelHandlerContext) {
      count.withLock { $0 += 1 }
      context.read()
    }
  }

  /// Counts the parts that come through to whoever answers.
  private final class Parts: ChannelInboundHandler, Sendable {
    typealias InboundIn = NIOAny
    let count = Mutex(0)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { count.withLock { $0 += 1 } }
  }

  private let limits = HubLimits()
  private let reads = Reads()
  private let parts = Parts()

  /// A connection whose client has just been refused.
  private func refused() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel(handlers: [reads, StallGuard(limits), parts])
    let before = reads.count.withLock { $0 }
    channel.triggerUserOutboundEvent(StallGuard.Refused(), promise: nil)
    #expect(reads.count.withLock { $0 } == before + 1)
    return channel
  }

  private func bring(_ count: Int, to channel: EmbeddedChannel) {
    for _ in 0..<count { channel.pipeline.fireChannelRead("part") }
    channel.pipeline.fireChannelReadComplete()
  }

  @Test func `is read a few times more, and nothing of it is answered`() throws {
    let channel = try refused()
    for _ in 0..<100 { bring(3, to: channel) }
    channel.read()
    #expect(reads.count.withLock { $0 } == limits.readsAfterRefusalMax)
    #expect(parts.count.withLock { $0 } == 0)
    #expect(try channel.finish(acceptAlreadyClosed: true).isClean)
  }

  @Test func `that asks on by the thousand is read no more`() throws {
    let channel = try refused()
    bring(limits.partsPerReadMax, to: channel)
    #expect(reads.count.withLock { $0 } == 2)
    for _ in 0..<10 { bring(limits.partsPerReadMax + 1, to: channel) }
    #expect(reads.count.withLock { $0 } == 2)
    #expect(parts.count.withLock { $0 } == 0)
    #expect(try channel.finish(acceptAlreadyClosed: true).isClean)
  }
}
