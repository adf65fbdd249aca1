public import LedgerCore
package import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// A published number, as its event fixed it.
public struct Publication: Sendable {
  /// Where its event stands.
  public let address: Address
  /// As it was published; may be empty.
  public let title: String
  /// Asks for the same score at the same cut.
  public let request: ScoreRequest
  /// The cut it fixed.
  public let clock: VectorClock
  /// Names that cut.
  public let digest: Digest256
  package let message: Scorebook_V1_ScorePublished

  /// The value as it was shown; empty for n = 0.
  public var value: String { message.value }
  /// What the value was divided by.
  public var n: Int64 { Int64(clamping: message.n) }
}

extension Ledger {
  /// Publishes a score as it stands at the request's point in time: an event that fixes definition, window, cut and
  /// value. Only ungrouped scores and groups of one table alike are reproduced exactly.
  ///
  /// - Returns: the publication's address, and the table that it fixed.
  public func publish(
    _ request: ScoreRequest, title: String = ""
  ) throws -> (address: Address, table: ScoreTable) {
    let (table, heads) = try store.read { database, state in
      let answer = ScoreAnswer(self, database, state)
      let cut = try answer.resolve(request.at)
      return (try answer.table(request), try CutResolver(database, state).heads(of: cut.cut))
    }
    let message = PublicationMessage.message(of: table, heads: heads, title: title)
    let address = try withRecorder { try $0.append(.scorePublished(message)) }
    return (address, table)
  }

  /// The publication at an address.
  ///
  /// - Throws: `LedgerError.unknownPublication`.
  public func publication(_ address: Address) throws -> Publication {
    try store.read { database, state in
      try ScoreAnswer(self, database, state).publication(address)
    }
  }
}

extension ScoreAnswer {
  func publication(_ address: Address) throws -> Publication {
    guard let log = state.log(address.log), address.seq <= log.size,
      let entry = try EntryReader(database).entry(log: log.number, seq: address.seq),
      let event = try? Scorebook_V1_Event(serializedBytes: entry),
      case .scorePublished(let message) = event.body,
      let digest = Digest256(bytes: message.digest)
    else { throw LedgerError.unknownPublication(address.description) }
    let clock = VectorClock(
      message.cut.compactMap { head in
        LogID(bytes: head.log).map { Address(log: $0, seq: head.size) }
      })
    return Publication(
      address: address, title: message.publishedAs,
      request: PublicationMessage.request(of: message, at: .publication(address)), clock: clock,
      digest: digest, message: message)
  }
}

/// A publication's message, from a table and back.
package enum PublicationMessage {
  /// Rises when the same events may give another value.
  package static let foldVersion: UInt32 = 3

  static func message(
    of table: ScoreTable, heads: [Head], title: String
  ) -> Scorebook_V1_ScorePublished {
    var message = Scorebook_V1_ScorePublished()
    message.metric = table.definition.id
    message.definitionVersion = UInt32(table.definition.version)
    message.definition = table.definition.description
    message.foldVersion = foldVersion
    message.timeZone = table.timeZone
    if let from = table.request.from { message.fromUs = from.microseconds }
    if let to = table.request.to { message.toUs = to.microseconds }
    message.whereKeys = table.request.filters.map(\.key)
    message.whereValues = table.request.filters.map(\.value)
    message.groupBy = table.request.groupings.map(\.word)
    message.cut = heads.map { head in
      var message = Scorebook_V1_Head()
      message.log = ProtobufBytes.data(head.log.bytes)
      message.size = head.size
      message.root = ProtobufBytes.data(head.root.bytes)
      return message
    }
    message.digest = ProtobufBytes.data(table.digest.bytes)
    message.publishedAs = title
    for warning in table.warnings {
      if case .unknownKinds(let events) = warning { message.unknownKinds = UInt64(events) }
      if case .pending(let events) = warning { message.pending = events }
    }
    message.groups = table.rows.map(group)
    if let only = message.groups.first, table.request.groupings.isEmpty {
      (message.n, message.value) = (only.n, only.value)
      (message.low, message.high, message.counts) = (only.low, only.high, only.counts)
    }
    return message
  }

  static func request(
    of message: Scorebook_V1_ScorePublished, at point: PointInTime
  ) -> ScoreRequest {
    ScoreRequest(
      metric: message.metric,
      from: message.hasFromUs ? Instant(microseconds: message.fromUs) : nil,
      to: message.hasToUs ? Instant(microseconds: message.toUs) : nil,
      groupings: message.groupBy.map { Grouping($0) },
      filters: zip(message.whereKeys, message.whereValues).map { Label(key: $0, value: $1) },
      timeZone: message.timeZone, at: point)
  }

  static func group(_ row: ScoreTable.Row) -> Scorebook_V1_ScorePublished.Group {
    var group = Scorebook_V1_ScorePublished.Group()
    group.labels = row.group
    group.n = UInt64(max(0, row.score.n))
    group.value = row.score.value.map { $0.roundedText(decimals: 6) } ?? ""
    group.low = row.score.low.map { $0.roundedText(decimals: 6) } ?? ""
    group.high = row.score.high.map { $0.roundedText(decimals: 6) } ?? ""
    group.counts = row.score.counts.map(\.value)
    return group
  }
}
