import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Sites: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List every site: how far it is held, when it was heard of, and what needs a person.",
    discussion: """
      lag: how long nothing came of it. clock: how far its clock was ahead of this one, at least. \
      state: ok, silent, pending (not enrolled), forked, cloned, retired or revoked.
      """)

  @Flag(help: "Only sites that are not enrolled yet.")
  var pending = false

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let sites = try ledger.sites().filter { !pending || $0.standing == .pending }
    guard !json else { return try Output.print(JSONValue.array(sites.map(\.record)).text) }
    var table = AlignedColumns([
      ("site", .left), ("state", .left), ("events", .right), ("last event", .left),
      ("last contact", .left), ("lag", .right), ("pending", .right), ("quarantined", .right),
      ("clock", .right), ("logs", .right),
    ])
    for site in sites { table.add(site.cells) }
    try Output.print(table.text)
  }
}

extension SiteStatus {
  fileprivate var cells: [String] {
    [
      site, standing.word, "\(events)", Self.text(lastRecorded), Self.text(lastContact),
      lag.map(DurationText.coarse) ?? "–", "\(pending)", "\(quarantined)",
      clockAhead > 0 ? "+" + DurationText.coarse(clockAhead) : "–", "\(logs.count)",
    ]
  }

  fileprivate var record: JSONValue {
    .object([
      ("site", .string(site)), ("state", .string(standing.word)), ("events", .count(events)),
      ("lastEvent", .optional(lastRecorded.flatMap { RFC3339.text($0) })),
      ("lastReceived", .optional(lastReceived.flatMap { RFC3339.text($0) })),
      ("lastContact", .optional(lastContact.flatMap { RFC3339.text($0) })),
      ("pending", .count(pending)), ("quarantined", .count(UInt64(quarantined))),
      ("clockAheadSeconds", .count(UInt64(clockAhead / 1_000_000))),
      ("logs", .array(logs.map { .string($0.description) })),
    ])
  }

  private static func text(_ instant: Instant?) -> String {
    instant.flatMap { RFC3339.text($0) } ?? "–"
  }
}

extension SiteStatus.Standing {
  fileprivate var word: String {
    switch self {
    case .ok: "ok"
    case .silent(let days): "silent \(days) d"
    case .pending: "pending"
    case .forked: "forked"
    case .cloned: "CLONED"
    case .retired: "retired"
    case .revoked: "revoked"
    }
  }
}
