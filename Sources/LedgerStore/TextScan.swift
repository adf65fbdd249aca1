package import GRDB
import LedgerCore

/// Reads the texts of a stretch of one log beside its entries: one query for a thousand entries, since most have none.
package struct TextScan {
  private let database: Database
  private let log: UInt32
  private let seqs: ClosedRange<UInt64>
  private var read: ClosedRange<UInt64>?
  private var texts: [UInt64: [TextTable.Text]] = [:]
  private static let stretch: UInt64 = 1_024

  package init(_ database: Database, log: UInt32, seqs: ClosedRange<UInt64>) {
    self.database = database
    self.log = log
    self.seqs = seqs
  }

  /// Ascending by ordinal. Seqs are asked for in ascending order.
  package mutating func texts(ofSeq seq: UInt64) throws -> [TextTable.Text] {
    if read?.contains(seq) != true {
      let stretch = seq...min(seq + Self.stretch - 1, seqs.upperBound)
      texts = try TextTable(database).texts(log: log, seqs: stretch)
      read = stretch
    }
    return texts[seq] ?? []
  }
}
