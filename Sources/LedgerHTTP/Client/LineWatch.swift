import Foundation
import NIOCore

/// Tells a dead line from a hub that works: the system asks the other end's system whether it is there.
///
/// A hub may take minutes for an answer, and a line that is gone in one direction looks just like it. So a request
/// waits long for the hub and not for the line.
enum LineWatch {
  /// Seconds of silence before the first question, between two of them, and how many may stay unanswered.
  private static let (idleSeconds, pauseSeconds, unansweredMax) = (10, 5, 4)
  /// Milliseconds in which the other end has to confirm something of what was sent.
  private static let unconfirmedMilliseconds = 30_000

  static func start(on channel: any Channel) -> EventLoopFuture<Void> {
    let all = options.map { name, value in
      channel.setOption(ChannelOptions.Types.SocketOption(level: .tcp, name: name), value: value)
    }
    let keepalive = channel.setOption(ChannelOptions.socketOption(.so_keepalive), value: 1)
    return EventLoopFuture.andAllSucceed(all + [keepalive], on: channel.eventLoop)
  }

  private static var options: [(NIOBSDSocket.Option, SocketOptionValue)] {
    #if os(Linux)
      [
        (NIOBSDSocket.Option(rawValue: CInt(TCP_KEEPIDLE)), idleSeconds),
        (NIOBSDSocket.Option(rawValue: CInt(TCP_KEEPINTVL)), pauseSeconds),
        (NIOBSDSocket.Option(rawValue: CInt(TCP_KEEPCNT)), unansweredMax),
        (NIOBSDSocket.Option(rawValue: CInt(TCP_USER_TIMEOUT)), unconfirmedMilliseconds),
      ]
    #else
      [(NIOBSDSocket.Option(rawValue: CInt(TCP_KEEPALIVE)), idleSeconds)]
    #endif
  }
}
