import Foundation
public import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// What was written into a bundle.
public struct BundleReport: Sendable {
  /// Entries in the file.
  public var events = 0
  /// Texts that travel with them.
  public var texts = 0
  /// Logs they belong to.
  public var logs = 0
  /// Size of the file.
  public var bytes = 0
}

extension Ledger {
  /// Writes what a peer lacks into a file: everything, or what comes after the heads that the peer stated.
  ///
  /// `peer`: the peer's heads (`heads`); empty for a peer that holds nothing.
  /// - Throws: `SyncRefusal.tooLarge` for more than a bundle may hold; I/O errors.
  public func bundle(to path: String, for peer: VectorClock = VectorClock()) throws -> BundleReport
  {
    let mine = try holdings()
    var plan = SyncSession.Plan()
    for promise in mine.heads where promise.head.size > peer[promise.head.log] {
      plan.send.append((promise.head.log, peer[promise.head.log] + 1...promise.head.size))
    }
    let writer = try BundleWriter(path: path)
    var report = BundleReport()
    report.logs = plan.send.count
    var hello = Scorebook_V1_Frame()
    hello.hello = mine.hello
    hello.hello.assumed = peer.entries.map { address in
      var head = Scorebook_V1_Head()
      head.log = ProtobufBytes.data(address.log.bytes)
      head.size = address.seq
      return head
    }
    try writer.write(hello)
    try store.read { database, state in
      try SyncSender(database, state).forEachBatch(plan) { batch in
        report.events += batch.runs.reduce(0) { $0 + $1.entries.count }
        report.texts += batch.texts.count
        var frame = Scorebook_V1_Frame()
        frame.batch = batch
        try writer.write(frame)
      }
    }
    var goodbye = Scorebook_V1_Frame()
    goodbye.goodbye.events = UInt64(report.events)
    goodbye.goodbye.texts = UInt64(report.texts)
    try writer.write(goodbye)
    try writer.finish()
    report.bytes = writer.bytesWritten
    return report
  }

  /// Takes a bundle in. What is held already is not taken twice; a bundle of another ledger is refused.
  ///
  /// - Throws: `SyncRefusal`; batches before a damaged place are in, and a whole copy continues from there.
  public func merge(bundle path: String) throws -> SyncReport {
    let reader = try BundleReader(path: path)
    guard case .hello(let hello)? = try reader.next()?.message else {
      throw SyncRefusal.malformed("a bundle that does not begin with a hello")
    }
    var session = SyncSession(mine: try holdings())
    let plan = try session.receive(hello)
    let receiver = try SyncReceiver(self, session: session)
    try leaveOwnLog(plan, [], receiver, isLive: false)
    try receiver.receive { try BundleReader.forEachBatch(path: path, $0) }
    for fork in plan.forks where receiver.branches[fork.log] == nil {
      receiver.note(.fork(log: fork.log, seq: fork.seq))
    }
    return try finish(receiver)
  }

  /// How far each log is held here, with the site it belongs to.
  public func heads() throws -> [(head: Head, site: String, counted: UInt64)] {
    try store.read { _, state in
      state.logs.filter { $0.size > 0 }.sorted { $0.id < $1.id }.map { log in
        (
          Head(log: log.id, size: log.size, root: log.frontier.root), log.site,
          min(log.size, UInt64(log.limit))
        )
      }
    }
  }
}
