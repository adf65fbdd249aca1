import LedgerCore
import LedgerSchema

extension Scorebook_V1_Batch {
  /// Leaves the commitments out of those entries whose texts are in the batch: who has a text can compute its
  /// commitment. Where the text is another than the entry commits to, both stay as they are, so that the text alone is
  /// refused.
  mutating func elideCommitments() {
    changeCommitments(elided: false) { entry, place, commitment in
      guard entry[place].elementsEqual(commitment) else { return false }
      entry.replaceSubrange(place, with: repeatElement(0, count: place.count))
      return true
    }
  }

  /// Puts the commitments back.
  ///
  /// - Throws: `SyncRefusal.malformed` unless each text that stands for a commitment has a place, and it is empty.
  mutating func restoreCommitments() throws(SyncRefusal) {
    changeCommitments(elided: true) { entry, place, commitment in
      guard entry[place].allSatisfy({ $0 == 0 }) else { return false }
      entry.replaceSubrange(place, with: commitment)
      return true
    }
    guard !texts.contains(where: { $0.elided }) else {
      throw .malformed("a text that stands for a commitment which is not there")
    }
  }

  /// Calls `change` with an entry, a place in it and the commitment of the text that belongs there. The text is marked
  /// as elided, or as not, where it says that it changed the entry. O(bytes): every text is looked at once.
  private mutating func changeCommitments(
    elided isElided: Bool,
    _ change: (_ entry: inout [UInt8], _ place: Range<Int>, _ commitment: [UInt8]) -> Bool
  ) {
    var waiting = textsByEntry(elided: isElided)
    guard !waiting.isEmpty else { return }
    for run in runs.indices {
      guard let log = LogID(bytes: runs[run].log), waiting[log] != nil else { continue }
      for offset in runs[run].entries.indices {
        let (seq, overflows) = runs[run].firstSeq.addingReportingOverflow(UInt64(offset))
        guard !overflows, let indices = waiting[log]?.removeValue(forKey: seq) else { continue }
        var entry = ProtobufBytes.array(runs[run].entries[offset])
        let places = CommitmentPlaces(entry).ranges
        for index in indices {
          let text = texts[index]
          guard let ordinal = Int(exactly: text.address.ordinal), ordinal < places.count,
            let place = places[ordinal], let commitment = text.commitment,
            change(&entry, place, commitment)
          else { continue }
          texts[index].elided = !isElided
        }
        runs[run].entries[offset] = ProtobufBytes.data(entry)
      }
    }
  }

  /// Beside a longer text 32 bytes are no saving; and of a long one that many people wrote they are what keeps a stream
  /// from shrinking more than its reader believes.
  private static let elidedTextBytesMax = 512

  /// The indices of texts that are elided, or that could be, by log and seq of the entry that they belong to.
  private func textsByEntry(elided isElided: Bool) -> [LogID: [UInt64: [Int]]] {
    var indices: [LogID: [UInt64: [Int]]] = [:]
    for (index, text) in texts.enumerated() where text.elided == isElided {
      guard isElided || text.bytes.count <= Self.elidedTextBytesMax,
        let log = LogID(bytes: text.address.log)
      else { continue }
      indices[log, default: [:]][text.address.seq, default: []].append(index)
    }
    return indices
  }
}

extension Scorebook_V1_DetachedText {
  /// What an entry says of this text; nil for a text that no entry can speak of.
  fileprivate var commitment: [UInt8]? {
    guard let encoding = UInt8(exactly: encoding) else { return nil }
    return TextCommitments.digest(
      salt: ProtobufBytes.array(salt), encoding: encoding, bytes: ProtobufBytes.array(bytes)
    ).bytes
  }
}
