import Foundation

/// A TCP connection to this machine, as somebody uses it who does not care for the protocol.
package final class RawConnection: Sendable {
  package enum Failure: Error {
    case cannotConnect(errno: Int32)
  }

  private let descriptor: Int32

  /// `receiveBytes`: how much the system takes in before anybody reads; nil leaves it to the system.
  package init(port: Int, receiveBytes: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var bytes = receiveBytes {
      setsockopt(
        descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = Loopback.address(port: port)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else {
      let code = errno
      close(descriptor)
      throw Failure.cannotConnect(errno: code)
    }
  }

  deinit {
    close(descriptor)
  }

  /// - Returns: false when the other side is gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends as much as the other side takes at once, and never waits.
  ///
  /// - Returns: how many bytes; nil when the other side is gone.
  package func offer(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = bytes.withUnsafeBytes {
      Foundation.send(
        descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    if count >= 0 { return count }
    return errno == EAGAIN ? 0 : nil
  }

  /// Sends nothing more, and says so.
  package func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// What comes until the other side closes, or nothing comes for so long.
  package func receive(secondsMax: Int = 5) -> [UInt8] {
    var wait = timeval(tv_sec: secondsMax, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }

  /// The status of the answer; nil where there is none.
  package func status(secondsMax: Int = 5) -> Int? {
    let words = String(decoding: receive(secondsMax: secondsMax).prefix(64), as: UTF8.self)
      .split(separator: " ")
    return words.count > 1 ? Int(words[1]) : nil
  }
}

/// Addresses of this machine that nobody else reaches.
enum Loopback {
  static func address(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return address
  }
}
