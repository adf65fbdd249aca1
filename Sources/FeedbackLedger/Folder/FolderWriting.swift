import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// Writes into a shared folder what nobody has written yet, and keeps the own files of texts as they must be.
struct FolderWriting {
  private let ledger: Ledger
  private let folder: SharedFolder
  private var entriesMax: Int
  private let bytesMax: Int
  private let writesTexts: Bool
  private(set) var report: FolderReport

  init(
    _ ledger: Ledger, _ folder: SharedFolder, entriesMax: Int, bytesMax: Int, writesTexts: Bool,
    report: FolderReport
  ) {
    self.ledger = ledger
    self.folder = folder
    self.entriesMax = entriesMax
    self.bytesMax = bytesMax
    self.writesTexts = writesTexts
    self.report = report
  }

  mutating func writeAll() throws {
    let mine = try ledger.holdings()
    try folder.makeShelf(of: mine.log)
    let own = try folder.shelf(of: mine.log)
    let covered = try self.covered(own, mine)
    if !covered.covers(mine.clock) { try write(after: covered, mine, to: own) }
    guard writesTexts else { return }
    for log in try ledger.ownLogs() { try keepTexts(on: try folder.shelf(of: log)) }
  }

  /// What need not be written: of the own log, which its own site always writes, what the own files hold; of other logs
  /// what any file holds that could be read.
  private func covered(_ own: SharedFolder.Shelf, _ mine: Holdings) throws -> VectorClock {
    let refused = Set(report.refused.map(\.file))
    let written = FolderCoverage(own.stretches()).clock
    let all = try folder.shelves().flatMap { shelf in shelf.stretches { !refused.contains($0) } }
    var covered = FolderCoverage(all).clock
    covered[mine.log] = written[mine.log]
    return covered.meeting(mine.clock)
  }

  private mutating func write(
    after covered: VectorClock, _ mine: Holdings, to shelf: SharedFolder.Shelf
  ) throws {
    var assumed = covered
    var number = shelf.files.last?.number ?? 0
    repeat {
      number += 1
      let file = FolderFile(number: number, content: .entries)
      var written = BundleReport()
      assumed = try ledger.write(
        after: assumed, mine, to: shelf.path(of: file), entriesMax: &entriesMax,
        // The texts come in files of their own, and whoever may read the folder may read these.
        content: Ledger.BundleContent(
          audience: .nobody, permissions: folder.permissions, bytesMax: bytesMax), &written)
      report.events += written.events
      report.files += 1
    } while !assumed.covers(mine.clock)
  }

  /// Beside every file of entries whose texts are held here is one that holds them, and nothing that was erased.
  private mutating func keepTexts(on shelf: SharedFolder.Shelf) throws {
    let erased = try ledger.erasedCount()
    for file in shelf.entries {
      guard let stretch = try? SharedFolder.stretch(shelf.path(of: file)) else { continue }
      let wanted = FolderFile(
        number: file.number,
        content: .texts(erased: erased, missing: try ledger.missingTexts(in: stretch)))
      let there = shelf.texts(of: file.number)
      guard there != [wanted] else { continue }
      if try ledger.holdsTexts(of: stretch) {
        try writeTexts(of: stretch, to: shelf.path(of: wanted), isFirst: there.isEmpty)
      }
      // Also where the new one could not be written: they may hold what was erased.
      for old in there where old != wanted { try Self.remove(shelf.path(of: old)) }
    }
  }

  private mutating func writeTexts(
    of stretch: SharedFolder.Stretch, to path: String, isFirst: Bool
  ) throws {
    do {
      let writer = try BundleWriter(
        path: path, permissions: folder.permissions, bytesMax: bytesMax)
      let texts = try ledger.writeTexts(of: stretch, to: writer)
      if isFirst { report.texts += texts }
      report.files += 1
    } catch let refusal as SyncRefusal {
      report.refused.append((path, refusal))
    }
  }

  private static func remove(_ path: String) throws {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch CocoaError.fileNoSuchFile {
      return  // Gone already: that is what was wanted.
    }
  }
}

extension Ledger {
  /// The own log and those that it succeeds: their files are this ledger's to keep.
  func ownLogs() throws -> [LogID] {
    try store.read { _, state in
      [identity.log] + OwnLogs(of: state).left.map(\.log)
    }
  }

  /// Customers whose texts are gone.
  func erasedCount() throws -> Int {
    try store.read { database, _ in try TextTable(database).erasedCustomerCount() }
  }

  func holdsTexts(of stretch: SharedFolder.Stretch) throws -> Bool {
    try store.read { database, state in
      try stretch.seqs.contains { log, seqs in
        guard let number = state.numbers[log] else { return false }
        return try TextTable(database).holdsAny(log: number, seqs: seqs)
      }
    }
  }

  /// Writes the texts that are held of a stretch's entries.
  func writeTexts(of stretch: SharedFolder.Stretch, to writer: BundleWriter) throws -> Int {
    var frame = Scorebook_V1_Frame()
    frame.hello = stretch.hello
    frame.hello.assumed = stretch.reached.messages
    try writer.write(frame)
    var count = 0
    try store.read { database, state in
      var batches = TextBatches(database, state)
      func write(_ batch: Scorebook_V1_Batch) throws {
        frame.batch = batch
        try writer.write(frame)
      }
      for (log, seqs) in stretch.seqs { try batches.add(log, seqs: seqs, write) }
      try batches.finish(write)
      count = batches.count
    }
    frame.goodbye.texts = UInt64(count)
    try writer.write(frame)
    try writer.finish()
    return count
  }
}
