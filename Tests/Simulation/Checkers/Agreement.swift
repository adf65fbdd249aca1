import LedgerCore
import TestSupport

/// Honest ledgers that have synced until nothing was new hold the same and count the same.
///
/// Of a log with two branches each keeps one; which one changes no number.
package enum Agreement {
  package static func violations(in views: [LedgerView]) -> [Violation] {
    guard let first = views.first else { return [] }
    return views.flatMap { heads(of: $0) } + views.dropFirst().flatMap { differences(first, $0) }
  }

  /// The heads that a ledger states are those of the bytes that it stores.
  private static func heads(of view: LedgerView) -> [Violation] {
    view.logs.keys.sorted().compactMap { log in
      guard let head = view.heads[log], let entries = view.logs[log] else { return nil }
      let root = NaiveTree.root(entries.map(\.leaf)[...])
      guard head.size != UInt64(entries.count) || head.root != root else { return nil }
      return Violation(
        .roots, "\(view.name) states \(head), and stores \(entries.count) entries of root \(root)",
        machines: [view.machine])
    }
  }

  private static func differences(_ first: LedgerView, _ other: LedgerView) -> [Violation] {
    let machines = [first.machine, other.machine]
    func differs(_ what: String) -> Violation {
      Violation(.agreement, "\(first.name) and \(other.name): \(what)", machines: machines)
    }
    var found: [Violation] = []
    if first.forks != other.forks {
      found.append(differs("forks \(named(first)) and \(named(other))"))
    }
    for log in Set(first.heads.keys).union(other.heads.keys).sorted() {
      let (left, right) = (first.heads[log], other.heads[log])
      if left != right, first.forks[log] == nil {
        found.append(differs("log \(log): size \(left?.size ?? 0) and \(right?.size ?? 0)"))
      }
      // Of a branch that was never heard of beyond the fork there may be less than counts elsewhere.
      if first.limits[log] != other.limits[log] {
        let limits = "\(first.limits[log] ?? 0) and \(other.limits[log] ?? 0)"
        found.append(differs("log \(log) counts up to \(limits)"))
      }
    }
    if first.counters != other.counters {
      found.append(differs("counters: \(first.counters.difference(from: other.counters))"))
    }
    return found
  }

  private static func named(_ view: LedgerView) -> [String] {
    view.forks.sorted { $0.key < $1.key }.map { "\($0.key) after \($0.value)" }
  }
}

/// The canonical order is that of stamp, log and seq, stamps computed from the stored bytes; so it is the same
/// everywhere and at all times.
package enum Order {
  package static func violations(in view: LedgerView) -> [Violation] {
    guard let order = view.order else { return [] }
    let expected = view.logs.flatMap { log, entries in
      entries.enumerated().map { (Address(log: log, seq: UInt64($0 + 1)), $1.stamp) }
    }.sorted { ($0.1, $0.0.log, $0.0.seq) < ($1.1, $1.0.log, $1.0.seq) }.map(\.0)
    guard let index = zip(order, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset
    else { return [] }
    return [
      Violation(
        .order,
        "\(view.name) has \(order[index]) at place \(index) of \(order.count), not \(expected[index])",
        machines: [view.machine])
    ]
  }
}
