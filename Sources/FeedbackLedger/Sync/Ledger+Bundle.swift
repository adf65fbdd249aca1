import Foundation
public import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// What was written into a bundle.
public struct BundleReport: Sendable {
  /// The files, in the order in which they are to be taken in. Several where one would be larger than a bundle may be.
  public var files: [String] = []
  /// Entries in the files.
  public var events = 0
  /// Texts that travel with them.
  public var texts = 0
  /// Logs they belong to.
  public var logs = 0
  /// Size of the files.
  public var bytes = 0
}

extension Ledger {
  /// Writes what a peer lacks into a file: everything, or what comes after the heads that the peer stated. What is more
  /// than a bundle may hold goes into further files: `x.bundle`, `x.bundle.2`, `x.bundle.3`.
  ///
  /// `peer`: the peer's heads (`heads`); empty for a peer that holds nothing.
  /// `withoutText`: comments and all other texts stay here; scores are the same without them.
  /// - Throws: `SyncRefusal.tooLarge` where one entry with its texts is more than a bundle may hold; `StoreError`; I/O
  ///   errors.
  public func bundle(
    to path: String, for peer: VectorClock = VectorClock(), withoutText: Bool = false
  ) throws -> BundleReport {
    try bundle(
      to: path, for: peer, entriesMax: Self.bundleEntriesMax,
      content: BundleContent(audience: withoutText ? .nobody : .anyone))
  }

  /// `entriesMax`: of one file.
  package func bundle(
    to path: String, for peer: VectorClock, entriesMax: Int,
    content: BundleContent = BundleContent(audience: .anyone)
  ) throws -> BundleReport {
    let mine = try holdings()
    var report = BundleReport()
    report.logs = mine.heads.count { $0.head.size > peer[$0.head.log] }
    var (assumed, entriesMax) = (peer, entriesMax)
    repeat {
      let number = report.files.count + 1
      let file = number == 1 ? path : "\(path).\(number)"
      assumed = try write(
        after: assumed, mine, to: file, entriesMax: &entriesMax, content: content, &report)
    } while !assumed.covers(mine.clock)
    return report
  }

  /// About 40 MB of entries.
  package static let bundleEntriesMax = 1 << 20

  /// What a file carries beside its entries, and who may read it.
  package struct BundleContent {
    var audience: TextAudience
    var permissions: Int
    var bytesMax: Int

    package init(
      audience: TextAudience, permissions: Int = 0o600, bytesMax: Int = SyncLimits.bundleBytesMax
    ) {
      self.audience = audience
      self.permissions = permissions
      self.bytesMax = bytesMax
    }
  }

  /// Writes the next file of a transfer. Where so many entries are too large for a file, it takes half of them, and the
  /// files after it do not try so many again.
  ///
  /// - Returns: what whoever holds `assumed` holds with the file.
  func write(
    after assumed: VectorClock, _ mine: Holdings, to path: String, entriesMax: inout Int,
    content: BundleContent, _ report: inout BundleReport
  ) throws -> VectorClock {
    while true {
      let next = try store.read { [entriesMax] database, state in
        try BundleParts(database, state, heads: mine.heads)
          .part(after: assumed, entriesMax: entriesMax)
      }
      // A bundle with nothing in it still shows a peer the heads.
      let part = next ?? BundlePart(assumed: assumed, heads: mine.heads)
      do {
        let written = try write(part, mine, to: path, content)
        report.files.append(path)
        report.events += written.events
        report.texts += written.texts
        report.bytes += written.bytes
        return part.reached
      } catch SyncRefusal.tooLarge where entriesMax > 1 {
        entriesMax /= 2
      }
    }
  }

  private func write(
    _ part: BundlePart, _ mine: Holdings, to path: String, _ content: BundleContent
  ) throws -> (events: Int, texts: Int, bytes: Int) {
    let writer = try BundleWriter(
      path: path, permissions: content.permissions, bytesMax: content.bytesMax)
    var hello = Scorebook_V1_Frame()
    hello.hello = mine.stating(part.heads).hello
    hello.hello.assumed = part.assumed.messages
    try writer.write(hello)
    var goodbye = Scorebook_V1_Frame()
    try store.read { database, state in
      try SyncSender(database, state, for: content.audience).forEachBatch(part.plan) { batch in
        var frame = Scorebook_V1_Frame()
        frame.batch = batch
        goodbye.goodbye.events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
        goodbye.goodbye.texts += UInt64(frame.batch.texts.count)
        try writer.write(frame)
      }
    }
    try writer.write(goodbye)
    try writer.finish()
    return (Int(goodbye.goodbye.events), Int(goodbye.goodbye.texts), writer.bytesWritten)
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
    let receiver = try SyncReceiver(self, session: session, isContact: false)
    try leaveOwnLog(plan, [], receiver, isLive: false)
    try receiver.receive { try BundleReader.forEachBatch(path: path, $0) }
    for fork in plan.forks where receiver.branches[fork.log] == nil {
      receiver.note(.fork(log: fork.log, seq: fork.seq))
    }
    return try finish(receiver)
  }

  /// How far each log is held here, with the site it belongs to, and how many of its entries count now: fewer than are
  /// held where the log is not enrolled or ends before its head (revoked, retired, forked). Ascending by log.
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

extension VectorClock {
  /// As heads without roots.
  var messages: [Scorebook_V1_Head] {
    entries.map { address in
      var head = Scorebook_V1_Head()
      head.log = ProtobufBytes.data(address.log.bytes)
      head.size = address.seq
      return head
    }
  }

  /// The clock of heads, whatever their roots; a head without a log is left out.
  init(messages: [Scorebook_V1_Head]) {
    self.init(
      messages.compactMap { head in
        LogID(bytes: head.log).map { Address(log: $0, seq: head.size) }
      })
  }
}
