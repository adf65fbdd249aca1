import Crypto
import LedgerCore
import LedgerSchema
import SwiftProtobuf
import Testing

/// A log with two branches, and the evidence of it made from naive trees.
struct ForkedLog {
  static let ledger = Digest256(hashing: [1])
  static let id = LogID(high: 7, low: 9)

  let key: Curve25519.Signing.PrivateKey
  let signer: NoteSigner
  let commonSeq: UInt64
  let first: NaiveTree
  let second: NaiveTree
  private let firstEntries: [[UInt8]]
  private let secondEntries: [[UInt8]]

  init(common: Int, first: Int, second: Int) throws {
    let key = Curve25519.Signing.PrivateKey()
    self.key = key
    let origin = CheckpointOrigin(ledger: Self.ledger, log: Self.id)
    signer = NoteSigner(name: origin.name, key: key)
    commonSeq = UInt64(common)
    let shared = try (0..<common).map { try Self.entry($0, branch: 0, key: key) }
    firstEntries =
      shared + (try (common..<common + first).map { try Self.entry($0, branch: 1, key: key) })
    secondEntries =
      shared + (try (common..<common + second).map { try Self.entry($0, branch: 2, key: key) })
    self.first = NaiveTree(entries: firstEntries)
    self.second = NaiveTree(entries: secondEntries)
  }

  var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// The first entry starts the log and states its key.
  private static func entry(
    _ index: Int, branch: Int, key: Curve25519.Signing.PrivateKey
  ) throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.recordedUs = Int64(index * 10 + branch)
    if index == 0 {
      event.logStarted.log = ProtobufBytes.data(id.bytes)
      event.logStarted.publicKey = key.publicKey.rawRepresentation
    }
    return try event.serializedBytes()
  }

  func evidence() throws -> ForkEvidence {
    ForkEvidence(
      log: Self.id, commonSeq: commonSeq,
      first: try branch(first, firstEntries, at: Int(commonSeq)),
      second: try branch(second, secondEntries, at: Int(commonSeq)))
  }

  /// Where the second branch is held in part only: the heads on the way to the signed one.
  func evidence(secondThrough sizes: [Int]) throws -> ForkEvidence {
    let whole = second.leaves.count
    let steps = zip(sizes, sizes.dropFirst() + [whole]).map { size, next in
      HeadChain.Step(
        size: UInt64(size), root: second.root(0..<size),
        consistency: size == next ? [] : second.proof(size, 0..<next))
    }
    let note = try signer.signCheckpoint(size: UInt64(whole), root: second.root(0..<whole))
    return ForkEvidence(
      log: Self.id, commonSeq: commonSeq,
      first: try branch(first, firstEntries, at: Int(commonSeq)),
      second: ForkEvidence.Branch(
        entry: secondEntries[Int(commonSeq)],
        inclusion: second.path(Int(commonSeq), 0..<sizes[0]),
        chain: HeadChain(steps: steps, note: note.description)))
  }

  /// Evidence that claims another fork point than the true one.
  func evidence(at common: Int) throws -> ForkEvidence {
    ForkEvidence(
      log: Self.id, commonSeq: UInt64(common), first: try branch(first, firstEntries, at: common),
      second: try branch(second, secondEntries, at: common))
  }

  /// A second branch whose first entry starts no log.
  static func unkeyed(signedBy log: ForkedLog) throws -> ForkEvidence {
    let entry: [UInt8] = [0x09, 1, 0, 0, 0, 0, 0, 0, 0]
    let tree = NaiveTree(entries: [entry])
    return ForkEvidence(
      log: id, commonSeq: 0, first: try log.evidence().first,
      second: try log.branch(tree, [entry], at: 0))
  }

  private func branch(
    _ tree: NaiveTree, _ entries: [[UInt8]], at common: Int
  ) throws -> ForkEvidence.Branch {
    let size = tree.leaves.count
    let root = tree.root(0..<size)
    let note = try signer.signCheckpoint(size: UInt64(size), root: root)
    return ForkEvidence.Branch(
      entry: entries[common], inclusion: tree.path(common, 0..<size),
      chain: HeadChain(signed: UInt64(size), root: root, note: note.description))
  }
}
