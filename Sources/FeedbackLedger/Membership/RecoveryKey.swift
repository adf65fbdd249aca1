import Crypto
import LedgerCore

/// The key that may name another authority where the first one is lost or stolen. It is made with the ledger, shown
/// once, and kept by people, away from any machine.
public struct RecoveryKey: Sendable {
  private let seed: [UInt8]

  private static let seedBytes = 32
  private static let checkBytes = 3
  private static let groupDigits = 4
  /// Douglas Crockford's base 32: no letter looks like a digit.
  private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// Makes a new one.
  public init(_ surroundings: Surroundings = .system) {
    seed = surroundings.randomBytes(Self.seedBytes)
  }

  /// Reads the text form: case, spaces and dashes do not matter, and neither does O for 0, or I and L for 1.
  ///
  /// - Throws: `LedgerError.badRecoveryKey` for anything that was not written down exactly.
  public init(text: String) throws {
    let signs = text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    let expected = (Self.seedBytes + Self.checkBytes) * 8 / 5
    guard signs.count == expected else {
      throw LedgerError.badRecoveryKey("it has \(signs.count) signs of \(expected)")
    }
    var bytes: [UInt8] = []
    var (rest, bits) = (0, 0)
    for sign in signs {
      let digit = ["O": "0", "I": "1", "L": "1"][sign] ?? sign
      guard let value = Self.digits.firstIndex(of: digit) else {
        throw LedgerError.badRecoveryKey("no key has the sign \(sign)")
      }
      (rest, bits) = (rest << 5 | value, bits + 5)
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(rest >> bits))
        rest &= (1 << bits) - 1
      }
    }
    let seed = Array(bytes.prefix(Self.seedBytes))
    guard Self.check(of: seed) == Array(bytes.dropFirst(Self.seedBytes)) else {
      throw LedgerError.badRecoveryKey("a sign is wrong: its last signs do not match the others")
    }
    self.seed = seed
  }

  /// Fourteen groups of four signs; the last ones tell a slip of the pen.
  public var text: String {
    var signs = ""
    var (rest, bits, count) = (0, 0, 0)
    for byte in seed + Self.check(of: seed) {
      (rest, bits) = (rest << 8 | Int(byte), bits + 8)
      while bits >= 5 {
        bits -= 5
        if count > 0, count.isMultiple(of: Self.groupDigits) { signs += "-" }
        signs.append(Self.digits[rest >> bits])
        rest &= (1 << bits) - 1
        count += 1
      }
    }
    return signs
  }

  /// Ed25519, 32 bytes: what the genesis names.
  package var publicKey: [UInt8] {
    get throws { Array(try signer().publicKey.rawRepresentation) }
  }

  package func signature(of payload: [UInt8]) throws -> [UInt8] {
    Array(try signer().signature(for: payload))
  }

  private func signer() throws -> Curve25519.Signing.PrivateKey {
    try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
  }

  private static func check(of seed: [UInt8]) -> [UInt8] {
    let digest = Digest256(hashing: Array("scorebook recovery key v1\n".utf8) + seed)
    return Array(digest.bytes.prefix(checkBytes))
  }
}
