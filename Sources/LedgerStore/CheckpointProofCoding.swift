import LedgerCore

/// The column `checkpoint.consistency`: units of 32 bytes, hashes of a proof.
///
/// Where the proof goes through heads between, each of them begins with a unit of 24 zero bytes and its size
/// (big-endian), then its root, then its own proof to the next. No SHA-256 hash begins with 24 zero bytes, so a file
/// of a plain proof reads as it always did.
struct CheckpointProofCoding {
  let consistency: [Digest256]
  let steps: [HeadChain.Step]

  init(consistency: [Digest256], steps: [HeadChain.Step]) {
    self.consistency = consistency
    self.steps = steps
  }

  /// What does not read as a unit is left out: `verify` finds that such a proof leads nowhere.
  init(decoding bytes: [UInt8]) {
    var proofs: [[Digest256]] = [[]]
    var heads: [(size: UInt64, root: Digest256)] = []
    var size: UInt64?
    for start in stride(
      from: 0, through: bytes.count - Digest256.byteCount, by: Digest256.byteCount)
    {
      let unit = bytes[start..<start + Digest256.byteCount]
      guard let hash = Digest256(bytes: unit) else { continue }
      if let marked = size {
        heads.append((marked, hash))
        proofs.append([])
        size = nil
      } else if unit.prefix(Self.markBytes).allSatisfy({ $0 == 0 }) {
        size = unit.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
      } else {
        proofs[proofs.count - 1].append(hash)
      }
    }
    consistency = proofs[0]
    steps = zip(heads, proofs.dropFirst()).map {
      HeadChain.Step(size: $0.size, root: $0.root, consistency: $1)
    }
  }

  var bytes: [UInt8] {
    consistency.flatMap(\.bytes)
      + steps.flatMap { step in
        [UInt8](repeating: 0, count: Self.markBytes) + [UInt8](bigEndian: step.size)
          + step.root.bytes
          + step.consistency.flatMap(\.bytes)
      }
  }

  private static let markBytes = 24
}
