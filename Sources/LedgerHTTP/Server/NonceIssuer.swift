import Crypto
import Foundation
package import LedgerCore
import Synchronization

/// Nonces of one run of a hub, each good for one request within a minute.
///
/// Given out without being kept: a nonce shows by itself that this hub made it and when, so that strangers who ask for
/// millions cost no memory. Only what was used is remembered, and only as long as it would still be good. A hub that
/// starts anew makes another secret, and so refuses everything that was signed before.
package final class NonceIssuer: Sendable {
  private struct Used {
    var nonces: Set<String> = []
    /// In the order in which they go out of date.
    var queue: [(nonce: String, seconds: Int64)] = []
  }

  private let secret = SymmetricKey(size: .bits256)
  private let seconds: Int64
  private let usedMax: Int
  /// Seconds of a clock that never goes back.
  private let now: @Sendable () -> Int64
  private let used = Mutex(Used())

  package init(
    _ limits: HubLimits, now: @escaping @Sendable () -> Int64 = NonceIssuer.monotonicSeconds
  ) {
    seconds = limits.nonceSeconds
    usedMax = limits.noncesUsedMax
    self.now = now
  }

  private static let origin = ContinuousClock.now

  package static let monotonicSeconds: @Sendable () -> Int64 = {
    (ContinuousClock.now - origin).components.seconds
  }

  package func issue() -> String {
    var generator = SystemRandomNumberGenerator()
    var bytes = withUnsafeBytes(of: now().bigEndian) { Array($0) }
    withUnsafeBytes(of: (generator.next(), UInt32.random(in: 0 ... .max))) {
      bytes += $0.prefix(12)
    }
    return Data(bytes + mark(of: bytes)).base64EncodedString()
  }

  /// Whether the nonce is good; it never is again.
  package func spend(_ nonce: String) -> Bool {
    guard let bytes = Data(base64Encoded: nonce).map(Array.init), bytes.count == 36,
      mark(of: Array(bytes.prefix(20))) == Array(bytes.dropFirst(20))
    else { return false }
    let issued = bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    let now = now()
    guard now - issued < seconds else { return false }
    return used.withLock { used in
      while let first = used.queue.first, first.seconds <= now {
        used.nonces.remove(first.nonce)
        used.queue.removeFirst()
      }
      guard used.queue.count < usedMax, used.nonces.insert(nonce).inserted else { return false }
      used.queue.append((nonce, now + seconds))
      return true
    }
  }

  private func mark(of bytes: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: secret).prefix(16))
  }
}
