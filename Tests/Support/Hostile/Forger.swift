package import FeedbackLedger
package import LedgerCore
package import LedgerSchema
package import LedgerSync
import SwiftProtobuf

/// An enrolled site whose program was changed: it signs what it likes with the keys that it has, its own.
package struct Forger {
  private let ledger: Ledger

  package init(_ ledger: Ledger) {
    self.ledger = ledger
  }

  /// The hello of an honest session.
  package func hello() throws -> Scorebook_V1_Hello { try ledger.holdings().hello }

  /// A signed head: of its own log, or of another one in its name.
  package func head(of log: LogID, size: UInt64, root: Digest256) throws -> PromisedHead {
    let origin = CheckpointOrigin(ledger: ledger.identity.ledger, log: log)
    guard let signer = NoteSigner(name: origin.name, privateKey: ledger.identity.logKey) else {
      throw SyncRefusal.malformed("no key")
    }
    return PromisedHead(
      log: log,
      chain: HeadChain(
        signed: size, root: root,
        note: try signer.signCheckpoint(size: size, root: root).description))
  }

  /// A hello with one head put in the place of what it says of that log.
  package func hello(with head: PromisedHead) throws -> Scorebook_V1_Hello {
    var hello = try self.hello()
    let log = ProtobufBytes.data(head.head.log.bytes)
    hello.heads.removeAll { $0.head.log == log }
    hello.heads.append(head.message)
    return hello
  }

  /// A hello and a batch that go on with a log after what it holds, signed with the forger's key.
  package func extending(
    _ log: LogID, with entries: [[UInt8]]
  ) throws -> (hello: Scorebook_V1_Hello, batch: Scorebook_V1_Batch) {
    let held = try ReferenceLogs(of: ledger).logs[log] ?? []
    var frontier = MerkleFrontier()
    for entry in held.map(\.bytes) + entries {
      frontier.append(leaf: entry.withUnsafeBytes { MerkleTree.leafHash($0) })
    }
    let promise = try head(of: log, size: frontier.size, root: frontier.root)
    return (
      try hello(with: promise), Self.batch(log, from: UInt64(held.count) + 1, entries)
    )
  }

  package static func batch(
    _ log: LogID, from seq: UInt64, _ entries: [[UInt8]]
  ) -> Scorebook_V1_Batch {
    var run = Scorebook_V1_Run()
    run.log = ProtobufBytes.data(log.bytes)
    run.firstSeq = seq
    run.entries = entries.map { ProtobufBytes.data($0) }
    var batch = Scorebook_V1_Batch()
    batch.runs = [run]
    return batch
  }

  /// A bundle of one batch.
  package static func bundle(
    _ hello: Scorebook_V1_Hello, _ batches: [Scorebook_V1_Batch], claiming events: UInt64? = nil
  ) throws -> RawBundle {
    var bundle = RawBundle()
    var frame = Scorebook_V1_Frame()
    frame.hello = hello
    try bundle.add(frame)
    var count: UInt64 = 0
    for batch in batches {
      frame.batch = batch
      count += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
      try bundle.add(frame)
    }
    frame.goodbye = Scorebook_V1_Goodbye()
    frame.goodbye.events = events ?? count
    try bundle.add(frame)
    return bundle
  }
}
