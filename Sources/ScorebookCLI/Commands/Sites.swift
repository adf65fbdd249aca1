import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Sites: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List every site: how far it is held, when it was heard of, and what needs a person.",
    discussion: """
      lag: how long nothing came of it. clock: how far its clock was ahead of this one (+), as its \
      newest event showed, or ahead or behind (-), as it said when it last spoke with this ledger. \
      texts: whether it is given everybody's or only its own. state: ok, silent, pending (not \
      enrolled), forked, cloned, retired or revoked.
      """)

  @Flag(help: "Who waits for being enrolled, with the fingerprint of the key, and why.")
  var pending = false

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    guard !pending else { return try list(ledger.applicants()) }
    let sites = try ledger.sites()
    guard !json else { return try Output.print(JSONValue.array(sites.map(\.record)).text) }
    var table = AlignedColumns([
      ("site", .left), ("state", .left), ("events", .right), ("last event", .left),
      ("last contact", .left), ("lag", .right), ("pending", .right), ("quarantined", .right),
      ("clock", .right), ("texts", .left), ("logs", .right),
    ])
    for site in sites { table.add(site.cells) }
    try Output.print(table.text)
  }

  private func list(_ applicants: [Applicant]) throws {
    guard !json else { return try Output.print(JSONValue.array(applicants.map(\.record)).text) }
    guard !applicants.isEmpty else { return try Output.print("nobody waits") }
    var table = AlignedColumns([
      ("site", .left), ("log", .left), ("key", .left), ("events", .right), ("waits because", .left),
    ])
    for applicant in applicants { table.add(applicant.cells) }
    try Output.print(table.text)
  }
}

extension Applicant {
  fileprivate var cells: [String] {
    [site, "\(log)", fingerprint, "\(events)", standing.words]
  }

  fileprivate var record: JSONValue {
    .object([
      ("site", .string(site)), ("log", .string(log.description)),
      ("key", .string(fingerprint)), ("events", .count(events)),
      ("reason", .string(standing.words)),
    ])
  }
}

extension Applicant.Standing {
  fileprivate var words: String {
    switch self {
    case .invited: "enrolled at the authority's next sync"
    case .needsApproval: "its invitation asks for approval"
    case .invitationUsed: "its invitation was used by another log"
    case .afterRetirement: "it goes on from a log that was retired"
    case .withOldKey: "it shows a key that was given up"
    }
  }
}

extension SiteStatus {
  fileprivate var cells: [String] {
    [
      site, standing.word, "\(events)", Self.text(lastRecorded), Self.text(lastContact),
      lag.map(DurationText.coarse) ?? "–", "\(pending)", "\(quarantined)",
      clockText,
      isWithoutText ? "own" : "all", "\(logs.count)",
    ]
  }

  fileprivate var record: JSONValue {
    .object([
      ("site", .string(site)), ("state", .string(standing.word)), ("events", .count(events)),
      ("lastEvent", .optional(lastRecorded.flatMap { RFC3339.text($0) })),
      ("lastReceived", .optional(lastReceived.flatMap { RFC3339.text($0) })),
      ("lastContact", .optional(lastContact.flatMap { RFC3339.text($0) })),
      ("lagSeconds", lag.map { .count(UInt64($0 / 1_000_000)) } ?? .null),
      ("pending", .count(pending)), ("quarantined", .count(UInt64(quarantined))),
      ("clockAheadSeconds", .integer(clockSkew / 1_000_000)),
      ("texts", .string(isWithoutText ? "own" : "all")),
      ("logs", .array(logs.map { .string($0.description) })),
    ])
  }

  /// A line takes seconds: less than a minute says nothing.
  private var clockText: String {
    guard clockSkew.magnitude >= 60_000_000 else { return "–" }
    return (clockSkew > 0 ? "+" : "-") + DurationText.coarse(abs(clockSkew))
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
