import Foundation
package import LedgerCore
package import NIOCore

/// Ends a connection whose client asks and does not read, or asks far more at a time than anybody needs to know.
///
/// An answer waits as long as its client does not fetch the ones before, and a connection with an answer in work is not
/// idle; so without this a client that sends questions and reads nothing would keep its place for ever. And what one
/// read of the socket brings is taken apart at once: of questions of forty bytes that would be thousands, each many
/// times as large in memory. And of a client that was refused little more is read, and nothing of it kept: enough to
/// see that it has closed, as it waits for this end to close too; it could send a gigabyte before the answer has had
/// its time to arrive.
package final class StallGuard: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = NIOAny
  package typealias OutboundIn = NIOAny

  /// Sent down the pipeline when the client is told no, and its connection ends.
  package struct Refused: Sendable {
    package init() {}
  }

  private let limits: HubLimits
  /// While more waits than the connection takes.
  private var deadline: Scheduled<Void>?
  /// Heads, pieces of bodies and ends that the read in work has brought.
  private var parts = 0
  private var isRefused = false
  /// Of a refused client.
  private var readsLeft: Int

  package init(_ limits: HubLimits) {
    self.limits = limits
    readsLeft = limits.readsAfterRefusalMax
  }

  /// Has the system take no more than is about to be sent. Left to itself it takes megabytes, and nobody could tell a
  /// client that fetches them slowly from one that is gone.
  package func handlerAdded(context: ChannelHandlerContext) {
    let unsent = ChannelOptions.Types.SocketOption(
      level: .tcp, name: NIOBSDSocket.Option(rawValue: CInt(TCP_NOTSENT_LOWAT)))
    context.channel.setOption(unsent, value: SocketOptionValue(limits.unsentBytesMax))
      .whenComplete { _ in }
    let waiting = ChannelOptions.Types.WriteBufferWaterMark(
      low: limits.waitingBytesMax / 4, high: limits.waitingBytesMax)
    context.channel.setOption(.writeBufferWaterMark, value: waiting).whenComplete { _ in }
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    parts += 1
    if isRefused {
      if parts > limits.partsPerReadMax { readsLeft = 0 }
      return
    }
    guard parts > limits.partsPerReadMax else { return context.fireChannelRead(data) }
    // The rest of the read is dropped: nobody is there any more who wants to know.
    if parts == limits.partsPerReadMax + 1 { context.close(promise: nil) }
  }

  package func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is Refused else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    isRefused = true
    promise?.succeed()
    readOn(context)
  }

  package func read(context: ChannelHandlerContext) {
    if !isRefused { context.read() }
  }

  private func readOn(_ context: ChannelHandlerContext) {
    guard readsLeft > 0 else { return }
    readsLeft -= 1
    context.read()
  }

  package func channelReadComplete(context: ChannelHandlerContext) {
    if isRefused { readOn(context) }
    if parts <= limits.partsPerReadMax { parts = 0 }
    context.fireChannelReadComplete()
  }

  package func channelWritabilityChanged(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    if !context.channel.isWritable {
      let channel = context.channel
      deadline = context.eventLoop.scheduleTask(in: .seconds(limits.stallSeconds)) {
        channel.close(promise: nil)
      }
    }
    context.fireChannelWritabilityChanged()
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    deadline?.cancel()
  }
}
