package import LedgerCore

/// A log of which two ledgers hold different entries is named by all, and only a log that somebody split is named.
package enum ForkNaming {
  /// `split`: the logs that a copy, a restored machine or a hostile site may have written twice.
  package static func violations(
    in views: [LedgerView], split: Set<LogID>
  ) -> [Violation] {
    var parted: Set<LogID> = []
    for (index, left) in views.enumerated() {
      for right in views[(index + 1)...] {
        for (log, entries) in left.logs {
          let others = right.logs[log] ?? []
          if zip(entries, others).contains(where: { $0.leaf != $1.leaf }) { parted.insert(log) }
        }
      }
    }
    return views.flatMap { view in
      let named = Set(view.forks.keys)
      return parted.subtracting(named).sorted().map {
        Violation(.forkNaming, "\(view.name) does not name \($0)", machines: [view.machine])
      }
        + named.subtracting(split).sorted().map {
          Violation(
            .forkNaming, "\(view.name) names \($0), which nobody split", machines: [view.machine])
        }
    }
  }
}

/// No text of an erased customer is left where the erasure is known.
package enum Erasure {
  package static func violations(in view: LedgerView) -> [Violation] {
    view.textsOfErased.map {
      Violation(.erasure, "\(view.name) holds a text of \($0)", machines: [view.machine])
    }
  }
}
