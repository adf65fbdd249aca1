package import Crypto
import Foundation
public import LedgerCore

/// What a ledger takes from the world: the time and randomness. Replaced by tests, simulations and benchmarks.
public struct Surroundings: Sendable {
  /// The wall clock; it may go back, and nothing depends on it that must not.
  public var now: @Sendable () -> Instant
  /// So many bytes that nobody can guess.
  public var randomBytes: @Sendable (Int) -> [UInt8]
  /// How often at most a ledger that only takes in vouches for what it has taken in (DESIGN §2.4).
  public var observationIntervalSeconds: Int64 = 3_600

  /// Takes the two as they are; of the clock the nearest time that an event may claim.
  public init(
    now: @escaping @Sendable () -> Instant, randomBytes: @escaping @Sendable (Int) -> [UInt8]
  ) {
    // A clock beyond all reason would write what no peer takes.
    self.now = { now().clampedToAccepted }
    self.randomBytes = randomBytes
  }

  /// A new key: its seed is random bytes like any others, so that who replaces the surroundings replaces it too.
  package func signingKey() throws -> Curve25519.Signing.PrivateKey {
    try Curve25519.Signing.PrivateKey(rawRepresentation: randomBytes(32))
  }

  /// The system's wall clock and the system's generator.
  public static let system = Surroundings(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    },
    randomBytes: { count in
      var generator = SystemRandomNumberGenerator()
      var bytes: [UInt8] = []
      bytes.reserveCapacity(count + 7)
      // Eight at a time: each draw is a call into the kernel.
      while bytes.count < count {
        withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
      }
      bytes.removeLast(bytes.count - count)
      return bytes
    })
}
