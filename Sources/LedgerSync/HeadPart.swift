import LedgerCore
import LedgerSchema

/// One of the 32 parts into which all logs fall, so that two ledgers of many logs find the few heads that differ
/// without naming the others. Ids are random: of a hundred logs three stand in a part.
struct HeadPart: Hashable, Sendable {
  static let count = 32
  private static let digestBytes = 8

  let number: Int

  init(of log: LogID) {
    number = Int(log.high >> 59)
  }

  private init(number: Int) {
    self.number = number
  }

  static let all = (0..<count).map { HeadPart(number: $0) }

  /// The digests of all parts, one after the other. So few bytes of each could be made equal by somebody who forks a
  /// log of his own: then the digest over everything still differs, and all heads are stated.
  static func digests(of heads: [PromisedHead]) -> [UInt8] {
    let parts = Dictionary(grouping: heads.map(\.head)) { HeadPart(of: $0.log) }
    return all.flatMap { Digest256(of: parts[$0] ?? []).bytes.prefix(digestBytes) }
  }

  /// The parts that two sides hold differently.
  ///
  /// - Throws: `SyncRefusal.malformed` for digests of another number.
  static func differing(_ mine: [UInt8], _ theirs: [UInt8]) throws(SyncRefusal) -> Set<HeadPart> {
    guard mine.count == theirs.count else { throw .malformed("parts of another number") }
    return Set(
      all.filter { part in
        let bytes = part.number * digestBytes..<(part.number + 1) * digestBytes
        return mine[bytes] != theirs[bytes]
      })
  }
}

extension Scorebook_V1_Hello {
  /// The parts whose heads are stated.
  var statedParts: Set<HeadPart> {
    get {
      stated == 0
        ? Set(HeadPart.all) : Set(HeadPart.all.filter { stated & 1 << UInt32($0.number) != 0 })
    }
    set {
      stated =
        newValue.count == HeadPart.count ? 0 : newValue.reduce(0) { $0 | 1 << UInt32($1.number) }
    }
  }
}
