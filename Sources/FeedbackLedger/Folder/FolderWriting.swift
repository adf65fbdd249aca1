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
    let covered = try self.covered(mine)
    if !covered.covers(mine.clock) {
      try write(after: covered, mine, to: try folder.shelf(of: mine.log))
    }
    for log in try ledger.ownLogs() { try keepTexts(on: try folder.shelf(of: log)) }
  }

  /// What need not be written: of the own log, which its own site always writes, what the own files hold; of other logs
  /// what any file holds that could be read. Another branch is not what is held here: where only that one lies in the
  /// folder, the one that is held is written from the fork on, so that whoever has the other one sees both.
  private func covered(_ mine: Holdings) throws -> VectorClock {
    let refused = Set(report.refused.map(\.file))
    let files = try folder.shelves().flatMap { shelf in
      shelf.stretches { !refused.contains($0) }.map { (log: shelf.log, stretch: $0) }
    }
    let others = try ledger.otherBranches(in: files.map(\.stretch))
    var all: [(log: LogID, seqs: ClosedRange<UInt64>)] = []
    var own = all
    for (file, others) in zip(files, others) {
      let parts = file.stretch.seqs.filter { !others.contains($0.log) }
      all += parts
      if file.log == mine.log { own += parts }
    }
    var covered = FolderCoverage(all).clock
    covered[mine.log] = FolderCoverage(own).clock[mine.log]
    return covered.meeting(mine.clock)
  }

  private mutating func write(
    after covered: VectorClock, _ mine: Holdings, to shelf: SharedFolder.Shelf
  ) throws {
    var assumed = covered
    var number = shelf.files.last { $0.number <= FolderFile.shownMax }?.number ?? 0
    repeat {
      number = try ledger.nextFolderNumber(of: mine.log, after: number)
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
    for file in shelf.entries where writesTexts {
      try keepTexts(beside: file, on: shelf, erased: erased)
    }
    // Also where no new one could be written, or none shall be: they may hold what was erased since.
    for old in shelf.files {
      if let counts = old.counts, counts.erased < erased { try Self.remove(shelf.path(of: old)) }
    }
  }

  private mutating func keepTexts(
    beside file: FolderFile, on shelf: SharedFolder.Shelf, erased: Int
  ) throws {
    guard let stretch = try? SharedFolder.stretch(shelf.path(of: file)) else { return }
    let wanted = FolderFile(
      number: file.number,
      content: .texts(erased: erased, missing: try ledger.missingTexts(in: stretch)))
    let there = shelf.texts(of: file.number)
    // What was written before this machine was put back stays: by who knew of more erasures, or held entries that have
    // not come back, or never will, as they are of another branch.
    guard there != [wanted], !there.contains(where: { ($0.counts?.erased ?? 0) > erased }),
      try ledger.holds(stretch)
    else { return }
    if try ledger.holdsTexts(of: stretch) {
      try writeTexts(of: stretch, to: shelf.path(of: wanted), isFirst: there.isEmpty)
    }
    for old in there where old != wanted { try Self.remove(shelf.path(of: old)) }
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
