package import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// An event whose numbers are as extreme as the format allows, of any kind: written field by field as bytes, so that no
/// field is forgotten that a later schema brings.
package struct ExtremeEntry {
  private var random: SplitMix64
  /// Few, so that events meet in histories.
  private static let items: [[UInt8]] = (1...3).map { Array(repeating: $0, count: 16) }
  private static let kinds: [UInt64] = Array(32...46) + Array(60...74) + Array(90...99)
  private static let pointKinds: [UInt64] = Array(131...136)
  private static let depthMax = 3

  package init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// `recorded`: such as a clock shows; everything else is left to chance.
  package mutating func next(recorded: Instant) -> [UInt8] {
    while true {
      let bytes = attempt(recorded: recorded)
      // Bytes that are no text may stand where a text has to.
      if (try? Scorebook_V1_Event(serializedBytes: bytes)) != nil { return bytes }
    }
  }

  private mutating func attempt(recorded: Instant) -> [UInt8] {
    var bytes = Self.fixed(1, recorded.microseconds)
    bytes += Self.varint(2, zigzag: number())
    bytes += Self.varint(3, UInt64.random(in: 0...2, using: &random))
    bytes += Self.nested(4, item())
    if Bool.random(using: &random) { bytes += Self.nested(5, item()) }
    let kinds = Bool.random(using: &random) ? Self.kinds : Self.pointKinds
    let kind = kinds.randomElement(using: &random) ?? 131
    return bytes + Self.nested(kind, message(depth: 0))
  }

  /// What may stand in a field.
  private enum Content: CaseIterable {
    case nothing, extremeNumber, smallNumber, fixedNumber, item, message
  }

  private mutating func message(depth: Int) -> [UInt8] {
    (UInt64(1)...10).reduce(into: []) { bytes, field in
      let content = Content.allCases.randomElement(using: &random) ?? .nothing
      switch content {
      case .nothing: break
      case .extremeNumber: bytes += Self.varint(field, UInt64(bitPattern: number()))
      case .smallNumber: bytes += Self.varint(field, UInt64.random(in: 0...8, using: &random))
      case .fixedNumber: bytes += Self.fixed(field, number())
      case .item: bytes += Self.nested(field, item())
      case .message:
        if depth < Self.depthMax { bytes += Self.nested(field, message(depth: depth + 1)) }
      }
    }
  }

  private mutating func item() -> [UInt8] { Self.items.randomElement(using: &random) ?? [] }

  private mutating func number() -> Int64 {
    let numbers: [Int64] = [
      .min, .min + 1, .max, .max - 1, Int64(Int32.min), Int64(Int32.max), -1, 0, 1, 1 << 53,
    ]
    return numbers.randomElement(using: &random) ?? 0
  }

  private static func varint(_ field: UInt64, _ value: UInt64) -> [UInt8] {
    coded(field << 3) + coded(value)
  }

  private static func varint(_ field: UInt64, zigzag value: Int64) -> [UInt8] {
    varint(field, UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  private static func fixed(_ field: UInt64, _ value: Int64) -> [UInt8] {
    coded(field << 3 | 1) + withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func nested(_ field: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    coded(field << 3 | 2) + coded(UInt64(bytes.count)) + bytes
  }

  private static func coded(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
