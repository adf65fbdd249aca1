import LedgerCore

/// A text that one ledger holds beside an entry, every ledger holds that holds the entry: what did not come with the
/// entry was asked for again. An erasure that stands in the tail of a forked log is known to who holds that branch
/// only. Who waits for being enrolled, has closed or has a key that was given up, is given none, and knows which it
/// lacks.
package enum Texts {
  package static func violations(in views: [LedgerView]) -> [Violation] {
    guard let first = views.first else { return [] }
    return views.dropFirst().flatMap { differences(first, $0) }
  }

  private static func differences(_ first: LedgerView, _ other: LedgerView) -> [Violation] {
    let areGiven = first.isGivenTexts && other.isGivenTexts
    return first.logs.keys.sorted().flatMap { log in
      zip(first.logs[log] ?? [], other.logs[log] ?? []).enumerated().compactMap {
        index, pair -> Violation? in
        // Of a forked log each ledger keeps one branch.
        guard pair.0.leaf == pair.1.leaf, known(pair.0, areGiven) != known(pair.1, areGiven),
          pair.0.isErased == pair.1.isErased || first.forks.isEmpty
        else { return nil }
        let address = Address(log: log, seq: UInt64(index + 1))
        return Violation(
          .texts,
          "of \(address) \(first.name) has \(said(of: pair.0)), \(other.name) \(said(of: pair.1))",
          machines: [first.machine, other.machine])
      }
    }
  }

  /// The texts that are held; where some may not be given, those too that are known to be missing.
  private static func known(_ entry: LedgerView.Entry, _ areGiven: Bool) -> UInt64 {
    areGiven ? entry.texts : entry.texts | entry.missing
  }

  private static func said(of entry: LedgerView.Entry) -> String {
    let erased = entry.isErased ? ", its customer erased" : ""
    return "texts \(entry.texts), missing \(entry.missing)\(erased)"
  }
}
