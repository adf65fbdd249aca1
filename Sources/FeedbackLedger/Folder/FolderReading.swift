import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// Takes in what lies in a shared folder: what other sites have written, and of the own files what is not held here any
/// more.
struct FolderReading {
  private let ledger: Ledger
  private let folder: SharedFolder
  private(set) var report = FolderReport()

  init(_ ledger: Ledger, _ folder: SharedFolder) {
    self.ledger = ledger
    self.folder = folder
  }

  /// One file.
  private struct Offer {
    var shelf: SharedFolder.Shelf
    var file: FolderFile
    var stretch: SharedFolder.Stretch
    /// The logs of which it holds another branch than this ledger.
    var otherBranches: Set<LogID> = []

    var path: String { shelf.path(of: file) }

    /// Whether it has entries that are not held, or shows a fork that nothing proves yet.
    func brings(to held: HeldLogs) -> Bool {
      stretch.seqs.contains { log, seqs in
        held.lack(log, seqs)
          || (otherBranches.contains(log) && !held.isForked(log, before: seqs.upperBound))
      }
    }
  }

  /// A synced drive brings files in any order: what one of them lacks another may bring, so it goes round until
  /// nothing new can be taken.
  mutating func takeAll() throws {
    var files: [Offer] = []
    for shelf in try folder.shelves() { files += self.offers(on: shelf) }
    let stretches = files.map(\.stretch)
    if let succession = try ledger.leaveOwnLog(shownBy: stretches) {
      report.received.successions.append(succession)
    }
    for (index, logs) in try ledger.otherBranches(in: stretches).enumerated() {
      files[index].otherBranches = logs
    }
    let before = try ledger.heldLogs().clock
    var offers = files.filter { file in
      !before.covers(file.stretch.reached) || !file.otherBranches.isEmpty
    }
    while let next = try nextOffer(offers) {
      try take(offers.remove(at: next))
    }
    let held = try ledger.heldLogs()
    report.waiting = offers.filter { $0.brings(to: held) }.map(\.path)
    for file in files { try takeTexts(beside: file) }
  }

  /// The first that brings something and begins no later than where this ledger stands.
  private func nextOffer(_ offers: [Offer]) throws -> Int? {
    let held = try ledger.heldLogs()
    return offers.firstIndex { held.cover($0.stretch.assumed) && $0.brings(to: held) }
  }

  private mutating func offers(on shelf: SharedFolder.Shelf) -> [Offer] {
    shelf.entries.compactMap { file in
      do {
        let stretch = try SharedFolder.stretch(shelf.path(of: file))
        return Offer(shelf: shelf, file: file, stretch: stretch)
      } catch CocoaError.fileReadNoSuchFile {
        return nil  // Its writer has just put it together with others.
      } catch {
        // An own one is written again.
        if shelf.log != ledger.log { report.refused.append((shelf.path(of: file), error)) }
        return nil
      }
    }
  }

  private mutating func take(_ offer: Offer) throws {
    let known = try ledger.heldLogs()
    do {
      let session = try ledger.merge(bundle: offer.path)
      report.received.add(session)
      for refusal in session.refusals where !known.isOfOtherBranch(refusal) {
        report.refused.append((offer.path, refusal))
      }
    } catch CocoaError.fileReadNoSuchFile {
      return
    } catch {
      try note(error, about: offer.path)
    }
  }

  /// One bad file stops none of the others; but what this ledger itself cannot do is no fault of a file.
  private mutating func note(_ error: any Error, about path: String) throws {
    guard StoreError(sqlite: error) == nil, !(error is StoreError) else { throw error }
    report.refused.append((path, error))
  }

  /// Reads a file of texts only where one of its entries' texts is not here.
  private mutating func takeTexts(beside offer: Offer) throws {
    let texts = offer.shelf.texts(of: offer.file.number)
    guard !texts.isEmpty else { return }
    let missing = try ledger.missingTexts(in: offer.stretch)
    guard missing > 0 else { return }
    let isOwn = offer.shelf.log == ledger.log
    // An own one has nothing that is not here, unless less was missing when it was written.
    for text in texts where !isOwn || (text.counts?.missing ?? 0) < missing {
      let path = offer.shelf.path(of: text)
      do {
        report.received.texts += try ledger.merge(bundle: path).texts
      } catch CocoaError.fileReadNoSuchFile {
        continue
      } catch {
        try note(error, about: path)
      }
    }
  }
}

extension Ledger {
  /// Texts of a stretch's entries that are not here.
  func missingTexts(in stretch: SharedFolder.Stretch) throws -> Int {
    try store.read { database, state in
      let table = TextTable(database)
      return try stretch.seqs.reduce(0) { count, next in
        guard let log = state.numbers[next.log], state.takesTexts(of: next.log) else {
          return count
        }
        return try count + table.missingCount(log: log, seqs: next.seqs)
      }
    }
  }
}
