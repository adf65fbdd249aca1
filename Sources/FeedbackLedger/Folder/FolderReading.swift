import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// Takes in what other sites have written into a shared folder.
struct FolderReading {
  private let ledger: Ledger
  private let folder: SharedFolder
  private(set) var report = FolderReport()

  init(_ ledger: Ledger, _ folder: SharedFolder) {
    self.ledger = ledger
    self.folder = folder
  }

  /// One file of another site.
  private struct Offer {
    var shelf: SharedFolder.Shelf
    var file: FolderFile
    var stretch: SharedFolder.Stretch

    var path: String { shelf.path(of: file) }
  }

  /// A synced drive brings files in any order: what one of them lacks another may bring, so it goes round until
  /// nothing new can be taken.
  mutating func takeAll() throws {
    let own = ledger.identity.log
    let shelves = try folder.shelves().filter { $0.log != own }
    var offers: [Offer] = []
    for shelf in shelves { offers += self.offers(on: shelf) }
    while let next = try nextOffer(offers) {
      try take(offers.remove(at: next))
    }
    let held = try ledger.clockHeld()
    report.waiting = offers.filter { !held.covers($0.stretch.reached) }.map(\.path)
    for shelf in shelves { try takeTexts(on: shelf) }
  }

  /// The first that brings something and begins no later than where this ledger stands.
  private func nextOffer(_ offers: [Offer]) throws -> Int? {
    let held = try ledger.clockHeld()
    return offers.firstIndex {
      held.covers($0.stretch.assumed) && !held.covers($0.stretch.reached)
    }
  }

  private mutating func offers(on shelf: SharedFolder.Shelf) -> [Offer] {
    shelf.entries.compactMap { file in
      do {
        let stretch = try SharedFolder.stretch(shelf.path(of: file))
        return Offer(shelf: shelf, file: file, stretch: stretch)
      } catch CocoaError.fileReadNoSuchFile {
        return nil  // Its writer has just put it together with others.
      } catch {
        report.refused.append((shelf.path(of: file), error))
        return nil
      }
    }
  }

  private mutating func take(_ offer: Offer) throws {
    do {
      let session = try ledger.merge(bundle: offer.path)
      report.received.add(session)
      for refusal in session.refusals { report.refused.append((offer.path, refusal)) }
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
  private mutating func takeTexts(on shelf: SharedFolder.Shelf) throws {
    for file in shelf.entries {
      let texts = shelf.texts(of: file.number)
      guard !texts.isEmpty, let stretch = try? SharedFolder.stretch(shelf.path(of: file)),
        try ledger.missingTexts(in: stretch) > 0
      else { continue }
      for text in texts {
        let path = shelf.path(of: text)
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
}

extension Ledger {
  /// How far each log is held.
  func clockHeld() throws -> VectorClock {
    try store.read { $1.clock }
  }

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
