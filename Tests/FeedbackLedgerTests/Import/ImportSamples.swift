import FeedbackLedger
import LedgerCore
import LedgerSchema

extension ByteSource {
  /// The bytes in pieces of a given size, so that every boundary falls everywhere.
  init(_ bytes: [UInt8], pieceBytes: Int = .max) {
    let rest = Rest(bytes: bytes[...])
    self.init { count in rest.take(min(count, pieceBytes)) }
  }

  init(_ text: String, pieceBytes: Int = .max) {
    self.init(Array(text.utf8), pieceBytes: pieceBytes)
  }

  private final class Rest {
    var bytes: ArraySlice<UInt8>

    init(bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
    }

    func take(_ count: Int) -> [UInt8] {
      let piece = Array(bytes.prefix(count))
      bytes = bytes.dropFirst(count)
      return piece
    }
  }
}

/// What an import of a sample comes to.
struct ImportSample {
  var drafts: [EventDraft] = []
  var rejected: [(row: Int, reason: Reason)] = []
  var skipped: [(row: Int, reason: Reason)] = []
  var notes: [(row: Int, note: RowNote)] = []
  var rows = 0

  init(
    _ source: ByteSource, mapping: Mapping, trackedKeysMax: Int = ImportLimits.trackedKeysMax
  ) throws {
    var rows = try ImportRows(source, mapping: mapping, trackedKeysMax: trackedKeysMax)
    while let row = try rows.next() {
      self.rows += 1
      notes += row.notes.map { (row.number, $0) }
      switch row.outcome {
      case .drafts(let drafts): self.drafts += drafts
      case .skipped(let reason): skipped.append((row.number, reason))
      case .rejected(let reason): rejected.append((row.number, reason))
      }
    }
  }

  init(_ text: String, yaml: String) throws {
    try self.init(ByteSource(text), mapping: Mapping(yaml: yaml))
  }

  /// The responses among the drafts.
  var responses: [Scorebook_V1_SurveyResponseSubmitted] {
    drafts.compactMap { draft in
      if case .surveyResponseSubmitted(let response) = draft.body { response } else { nil }
    }
  }

  /// How often each question got each value.
  var tallies: [String: [Int32: Int]] {
    responses.flatMap(\.answers).reduce(into: [:]) { tallies, answer in
      if case .value(let value) = answer.outcome {
        tallies[answer.question, default: [:]][value, default: 0] += 1
      }
    }
  }
}

extension EventDraft {
  /// The event's kind, as a word.
  var kind: String {
    switch body {
    case .surveyResponseSubmitted: "response"
    case .ticketOpened: "opened"
    case .ticketAgentReplied: "replied"
    case .ticketStatusChanged: "status"
    case .ticketResolved: "resolved"
    case .ticketReopened: "reopened"
    case .ticketClosed: "closed"
    case .ticketSnapshotImported: "snapshot"
    case .pointsEarned: "earned"
    case .pointsRedeemed: "redeemed"
    case .pointsExpired: "expired"
    default: "other"
    }
  }

  var points: Int64 {
    if case .pointsEarned(let points) = body { points.points } else { 0 }
  }

  /// The external id of the item.
  var itemID: String {
    if case .external(_, _, let id) = item { id } else { "" }
  }
}
