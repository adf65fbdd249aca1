import Foundation
import Synchronization

/// Passes bytes on between a client and a server on this machine, counts them, pulls the cable after a given one, and
/// may be as slow as a bad line.
package final class CuttingProxy: Sendable {
  /// Which way bytes go.
  package enum Direction: Sendable, CaseIterable {
    case up
    case down
  }

  private struct State {
    var counts: [Direction: Int] = [:]
    var limits: [Direction: Int] = [:]
    var bytesPerSecond: Int?
    var connections = 0
  }

  package let port: Int
  private let listener: Int32
  private let target: Int
  private let state = Mutex(State())

  package init(to target: Int) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Loopback.address(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, size) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, address, &size) == 0
      }
    }
    guard isBound else {
      let code = errno
      close(descriptor)
      throw RawConnection.Failure.cannotConnect(errno: code)
    }
    self.target = target
    listener = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [weak self] in
      while true {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        guard let self, self.serve(client) else {
          close(client)
          continue
        }
        self.state.withLock { $0.connections += 1 }
      }
    }
  }

  /// How many were served so far.
  package var connectionCount: Int { state.withLock { $0.connections } }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// Begins to count anew, and pulls the cable when so many bytes have gone that way; nil never does.
  package func reset(cutting direction: Direction? = nil, after bytes: Int = 0) {
    state.withLock { state in
      state.counts = [:]
      state.limits = direction.map { [$0: bytes] } ?? [:]
    }
  }

  /// Of connections that come from now on, in each direction; nil is as fast as can be.
  package func setPace(bytesPerSecond: Int?) {
    state.withLock { $0.bytesPerSecond = bytesPerSecond }
  }

  package func bytes(_ direction: Direction) -> Int {
    state.withLock { $0.counts[direction] ?? 0 }
  }

  private func serve(_ client: Int32) -> Bool {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Loopback.address(port: target)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, size) }
    }
    guard result == 0 else {
      close(server)
      return false
    }
    if state.withLock({ $0.bytesPerSecond }) != nil {
      // What waits has to wait at the server, and not here.
      var bytes: Int32 = 1 << 16
      setsockopt(
        server, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
    for socket in [client, server] {
      var on: Int32 = 1
      setsockopt(
        socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    let ends = ConnectionEnds(client: client, server: server)
    Thread.detachNewThread { self.pump(from: client, to: server, .up, ends) }
    Thread.detachNewThread { self.pump(from: server, to: client, .down, ends) }
    return true
  }

  private func pump(
    from source: Int32, to sink: Int32, _ direction: Direction, _ ends: ConnectionEnds
  ) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(source, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      let allowed = admit(count, direction)
      var sent = 0
      while sent < allowed {
        let written = buffer[sent..<allowed].withUnsafeBytes {
          send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard written > 0 else { return ends.end() }
        sent += written
      }
      guard allowed == count else { break }
      if let pace = state.withLock({ $0.bytesPerSecond }) {
        // The line's rate is what is tried.
        Thread.sleep(forTimeInterval: Double(count) / Double(pace))
      }
    }
    ends.end()
  }

  /// How many of the bytes may go on.
  private func admit(_ count: Int, _ direction: Direction) -> Int {
    state.withLock { state in
      let gone = state.counts[direction] ?? 0
      let allowed = min(count, max(0, (state.limits[direction] ?? .max) - gone))
      state.counts[direction] = gone + allowed
      return allowed
    }
  }
}

/// Both sockets of a passed connection: shut at the first end, closed at the second.
private final class ConnectionEnds: Sendable {
  private let client: Int32
  private let server: Int32
  private let ended = Mutex(0)

  init(client: Int32, server: Int32) {
    self.client = client
    self.server = server
  }

  func end() {
    ended.withLock { ended in
      ended += 1
      shutdown(client, Int32(SHUT_RDWR))
      shutdown(server, Int32(SHUT_RDWR))
      guard ended == 2 else { return }
      close(client)
      close(server)
    }
  }
}
