import Crypto
import LedgerCore
import Testing

@Suite struct HeadChainTests {
  private let key = Curve25519.Signing.PrivateKey()
  private let origin = CheckpointOrigin(
    ledger: Digest256(hashing: [1]), log: LogID(high: 7, low: 9))
  private let root = Digest256(hashing: [2])

  /// The signed head, and so many times itself before it: each is a prefix of the next.
  private func chain(steps: Int) throws -> HeadChain {
    let note = try NoteSigner(name: origin.name, key: key).signCheckpoint(size: 5, root: root)
    return HeadChain(
      steps: (0..<steps).map { _ in HeadChain.Step(size: 5, root: root) },
      note: note.description)
  }

  private var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  @Test func `a chain of the greatest length holds, and one step more is refused`() throws {
    let longest = try chain(steps: SyncLimits.chainStepsMax)
    #expect(try longest.verify(origin: origin, key: publicKey).size == 5)
    #expect(throws: HeadChainRefusal.tooLong) {
      try chain(steps: SyncLimits.chainStepsMax + 1).verify(origin: origin, key: publicKey)
    }
  }

  @Test func `a prefix of the longest chain has none`() throws {
    let longest = try chain(steps: SyncLimits.chainStepsMax)
    #expect(longest.prefixed(size: 1, root: root, consistency: []) == nil)
    let shorter = try chain(steps: SyncLimits.chainStepsMax - 1)
    #expect(
      shorter.prefixed(size: 1, root: root, consistency: [])?.steps.count
        == SyncLimits.chainStepsMax)
  }
}
