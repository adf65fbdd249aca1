import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import Testing
import TestSupport

/// Law 10: a site that is wrong harms only its own log. Here: a log that two machines wrote to.
@Suite struct `Law 10 of forks` {
  @Test(arguments: Seeds.all)
  func `a cloned log is cut at one place everywhere, and all else counts`(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, branches: 3, folder: folder)
    try world.run(steps: 8)
    try world.converge()
    let log = world.ledgers[2].log
    let common = try #require(try world.ledgers[2].store.read { $1.log(log)?.size })
    try world.clone(site: 2, named: "twin.ledger", in: folder)
    try world.record(3, at: 2)
    try world.record(3, at: 4)
    let tails = try [2, 4].map { try tail(of: log, after: common, at: world.ledgers[$0]) }
    try world.run(steps: 12)
    try world.convergeInPairs()
    let expected = try Reference(of: world.authority).counters()
    for ledger in world.ledgers {
      #expect(try ledger.forks().map(\.commonSeq) == [common])
      #expect(try ledger.store.read { $1.log(log)?.limit } == UInt32(common))
      expect(try StoreCounters(ledger).kept(), equal: expected, ledger.site)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
      try expectSameCompared(at: ledger, as: world.authority)
      #expect(try tails.allSatisfy(repeated(at: ledger).isSuperset))
    }
    try expectPrefixesAndRebuild(world.authority)
  }

  /// The authority adopts the tail of a machine that is lost, as far as it reached head office, and then the machine
  /// comes back with all of it; a copy of the other machine's file repeats what that one repeats.
  @Test(arguments: Seeds.all)
  func `a tail that several ledgers repeat counts once in every cut`(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, branches: 3, folder: folder)
    try world.run(steps: 8)
    try world.converge()
    let log = world.ledgers[2].log
    let common = try #require(try world.ledgers[2].store.read { $1.log(log)?.size })
    try world.clone(site: 2, named: "twin.ledger", in: folder)
    try world.record(3, at: 2)
    try world.copy(site: 2, named: "copy.ledger", in: folder)
    try world.record(4, at: 4)
    let tails = try [2, 4].map { try tail(of: log, after: common, at: world.ledgers[$0]) }
    _ = try world.ledgers[2].sync(with: world.authority)
    _ = try world.authority.receive(everythingFrom: world.ledgers[4])
    let lost = try #require(try world.ledgers[4].heads().first { $0.head.log == log }?.head)
    _ = try world.authority.adopt(log, size: lost.size, rootPrefix: lost.root.description)
    try world.run(steps: 10)
    try world.convergeInPairs()
    let expected = try Reference(of: world.authority).counters()
    for ledger in world.ledgers {
      expect(try StoreCounters(ledger).kept(), equal: expected, ledger.site)
      try expectSameCompared(at: ledger, as: world.authority)
      #expect(try tails.allSatisfy(repeated(at: ledger).isSuperset))
    }
    try expectPrefixesAndRebuild(world.authority)
    try expectAnyOrder(world.authority)
    let early = try randomClocks(1, of: world.authority, using: &world.random)[0]
    for metric in ["nps", "csat.mean", "ticket.backlog"] {
      try expectSum(
        ScoreRequest(metric: metric), from: .clock(early), to: .now, in: world.authority)
    }
  }

  /// A merge of customers that a tail repeats acts as the one it repeats.
  private func expectSameCompared(at ledger: Ledger, as authority: Ledger) throws {
    let reference = try Reference(of: authority)
    let dedupe = Dedupe.latestPerCustomerPerWindow
    expect(
      try StoreCounters(ledger).compared(dedupe, [.nps, .csat], by: nil),
      equal: reference.compared(dedupe, [.nps, .csat], by: nil, at: reference.logs.clock),
      "compared at \(ledger.site)")
  }

  /// Law 5 across a proof: what ceases to count, and what becomes concurrent by it, has its step too.
  @Test(arguments: Seeds.all)
  func `the parts of an explanation sum to the change across a proven fork`(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, branches: 3, folder: folder)
    _ = try world.authority.define(Definitions.latest)
    try world.run(steps: 8)
    try world.converge()
    try world.clone(site: 2, named: "twin.ledger", in: folder)
    try world.record(4, at: 2)
    _ = try world.ledgers[2].sync(with: world.authority)
    try world.record(4, at: 1)
    _ = try world.ledgers[1].sync(with: world.authority)
    try world.record(4, at: 4)
    let early = try world.authority.store.read { $1.clock }
    try world.run(steps: 8)
    try world.convergeInPairs()
    let random = try randomClocks(1, of: world.authority, using: &world.random)[0]
    let ledger = world.authority
    #expect(try !ledger.forks().isEmpty)
    for metric in ["nps", "csat.mean", "ticket.backlog", "nps.latest"] {
      for first in [early, random] {
        try expectSum(ScoreRequest(metric: metric), from: .clock(first), to: .now, in: ledger)
        let filter = Label(key: "channel", value: "phone")
        try expectSum(
          ScoreRequest(metric: metric, filters: [filter], timeZone: "UTC"),
          from: .clock(first), to: .now, in: ledger)
      }
    }
  }

  /// Kept counters at positions before, at and after the proof are those of the cut there.
  private func expectPrefixesAndRebuild(_ ledger: Ledger) throws {
    try expectSamePrefixes(ledger, every: 7)
    let before = try TableDump.views(of: ledger)
    try ledger.store.rebuild()
    let after = try TableDump.views(of: ledger)
    for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
    ledger.store.dropCache()
    try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
  }

  /// The leaf hashes of what was recorded after the fork point.
  private func tail(
    of log: LogID, after common: UInt64, at ledger: Ledger
  ) throws -> Set<Digest256> {
    let entries = try ReferenceLogs(of: ledger).logs[log] ?? []
    return Set(
      entries.dropFirst(Int(common)).filter { RepeatedEntry.isRepeated($0.event) }.map { entry in
        entry.bytes.withUnsafeBytes { MerkleTree.leafHash($0) }
      })
  }

  private func repeated(at ledger: Ledger) throws -> Set<Digest256> {
    Set(
      try ReferenceLogs(of: ledger).logs.values.joined().compactMap { entry in
        guard case .forkTailRepeated(let repeated) = entry.event.body else { return nil }
        return Digest256(bytes: repeated.leaf)
      })
  }
}
