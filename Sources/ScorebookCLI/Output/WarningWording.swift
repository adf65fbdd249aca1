import FeedbackLedger

extension ScoreWarning {
  /// One sentence.
  var sentence: String {
    switch self {
    case .pending(let events):
      "\(events) \(events == 1 ? "event counts" : "events count") nothing here, of logs "
        + "that are not enrolled, or that end earlier (revoked, retired, forked); see scorebook sites."
    case .beyondHeld(let events):
      "\(events) \(events == 1 ? "event" : "events") of that clock \(events == 1 ? "is" : "are") not held here, so "
        + "this is another cut: sync, and ask again."
    case .quarantined(let count):
      "\(count) \(count == 1 ? "entry was" : "entries were") refused and kept aside: "
        + "see scorebook verify."
    case .unknownKinds(let events):
      "\(events) \(events == 1 ? "event is" : "events are") of a kind that this version does not "
        + "know: upgrade scorebook to count them."
    case .conflicts(let count):
      "\(count) concurrent \(count == 1 ? "write" : "writes") to the same fact; the last in "
        + "canonical order counts."
    case .contestedDefinition(let metric, let version):
      "Two sites defined \(metric) without knowing of each other; version \(version), the last in "
        + "canonical order, is in force. Publish a higher version to settle it."
    case .publishedFromOtherBranch(let site, let value):
      "\(value.isEmpty ? "No value" : value) was published from a branch of \(site)'s log that is not held "
        + "here: two machines wrote to it. A ledger that holds that branch reproduces it."
    case .publishedByOtherFold(let version, let value):
      "\(value.isEmpty ? "No value" : value) was published by fold version \(version), which read the same "
        + "events otherwise. Nothing is damaged."
    case .unknownLabel(let label):
      "Nothing that is held here carries the label \(AlignedColumns.printable(label))."
    case .silent(let site, let days):
      "Nothing came from \(site) for \(days) days, much longer than usual."
    case .clockAhead(let site, let hours):
      "The clock of \(site) is \(hours) \(hours == 1 ? "hour" : "hours") ahead of the one here."
    case .clockBehind(let site, let hours):
      "The clock of \(site) was \(hours) \(hours == 1 ? "hour" : "hours") behind the one here when it last "
        + "spoke with this ledger."
    }
  }
}
