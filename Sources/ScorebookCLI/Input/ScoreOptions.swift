import ArgumentParser
import FeedbackLedger
import LedgerCore

/// The window of occurred time, and the zone it is counted in.
struct WindowOptions: ParsableArguments {
  @Option(help: "Start of the window: a date or RFC 3339; inclusive.")
  var from: String?

  @Option(help: "End of the window: a date or RFC 3339; exclusive.")
  var to: String?

  @Option(
    help: ArgumentHelp("Time zone of days, such as Asia/Ho_Chi_Minh.", valueName: "zone"))
  var tz: String?

  /// Days are those of `--tz`, or of the zone that the metric's definition names.
  ///
  /// - Throws: `ArgumentFault`, `LedgerError.unknownTimeZone`, `DefinitionError.unreadable`.
  func window(of metric: String, _ ledger: Ledger) throws -> (from: Instant?, to: Instant?) {
    guard from != nil || to != nil else { return (nil, nil) }
    let zone = try tz ?? ledger.timeZone(ofMetric: metric)
    let start = try from.map {
      try TimeArgument.instant($0, option: "--from", zone: zone, ledger)
    }
    let end = try to.map { try TimeArgument.instant($0, option: "--to", zone: zone, ledger) }
    if let from, let to, let start, let end, start >= end {
      throw ArgumentFault.windowReversed(from: from, to: to)
    }
    return (start, end)
  }
}

/// Which score is meant, but for the point in time.
struct ScoreOptions: ParsableArguments {
  @Argument(help: "Which score: nps, csat.top2, ticket.frt, … (scorebook metrics).")
  var metric: String

  @OptionGroup var window: WindowOptions

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only what has this label; repeatable.", valueName: "label=value"))
  var filters: [String] = []

  /// - Throws: `ArgumentFault`, `LedgerError`.
  func request(
    _ ledger: Ledger, by groupings: [Grouping] = [], at point: PointInTime = .now
  ) throws -> ScoreRequest {
    let (from, to) = try window.window(of: metric, ledger)
    return ScoreRequest(
      metric: metric, from: from, to: to, groupings: groupings,
      filters: try filters.map {
        let assignment = try Assignment($0, option: "--where")
        return Label(key: assignment.name, value: assignment.value)
      }, timeZone: window.tz, at: point)
  }
}

/// How a score is split.
struct GroupingOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Split by site, day, week, month, quarter, year or any label, with commas between.",
      valueName: "grouping,…"))
  var by: String?

  /// - Throws: `ArgumentFault.badOption` for two periods or a word without letters.
  var groupings: [Grouping] {
    get throws {
      let words = by?.split(separator: ",", omittingEmptySubsequences: false) ?? []
      let groupings = words.map { Grouping($0) }
      guard !words.contains(""), Set(words).count == words.count,
        groupings.filter({ $0.labelKey == nil }).count <= 1
      else {
        throw ArgumentFault.badOption(
          "--by", got: by ?? "", expected: "different words, at most one of them a period")
      }
      return groupings
    }
  }
}
