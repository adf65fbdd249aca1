public import LedgerCore
package import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// What became of one draft.
public enum RecordOutcome: Hashable, Sendable {
  case recorded(Address)
  /// The same row with the same content is here already.
  case duplicate
  /// The same row is here with other content; nothing was recorded.
  case conflict
  /// The customer was erased; the row is not taken back.
  case erased
  case refused(EventRefusal)
}

/// Appends own events inside one transaction. Made by `Ledger.record`.
package final class Recorder {
  let appender: Appender
  private var sealer: DraftSealer
  private let sources: SourceIndex
  private let own: UInt32
  private let now: () -> Instant

  init(_ appender: Appender, ledger: Ledger, now: @escaping () -> Instant) throws {
    self.appender = appender
    self.now = now
    guard let own = appender.state.ownLogNumber else { throw StoreError.missingSetting("own_log") }
    self.own = own
    sealer = DraftSealer(
      pseudonyms: Pseudonyms(key: ledger.identity.pseudonymKey),
      randomBytes: ledger.surroundings.randomBytes)
    sources = try SourceIndex(appender.connection)
    try observe()
  }

  /// The address that the next event will have.
  package var nextAddress: Address {
    let log = appender.state.logs[Int(own)]
    return Address(log: log.id, seq: log.size + 1)
  }

  /// Records one draft, unless its source row is here already or its customer was erased.
  package func record(_ draft: EventDraft, batch: ItemID? = nil) throws -> RecordOutcome {
    if let known = try knownOutcome(of: draft) { return known }
    do {
      let (event, texts) = try sealer.seal(draft, recorded: now(), batch: batch)
      return .recorded(try append(event, texts: texts))
    } catch let refusal as EventRefusal {
      return .refused(refusal)
    }
  }

  /// What would become of the draft; nothing is recorded.
  package func outcome(of draft: EventDraft) throws -> RecordOutcome? {
    if let known = try knownOutcome(of: draft) { return known }
    do {
      _ = try sealer.seal(draft, recorded: now())
      return nil
    } catch let refusal as EventRefusal {
      return .refused(refusal)
    }
  }

  /// Appends an event of the ledger's own making.
  @discardableResult
  package func append(_ body: Scorebook_V1_Event.OneOf_Body, item: ItemID? = nil) throws -> Address
  {
    var event = Scorebook_V1_Event()
    event.recordedUs = now().microseconds
    if let item { event.item = ProtobufBytes.data(item.bytes) }
    event.body = body
    return try append(event, texts: [])
  }

  /// Erased customers do not come back by an import.
  private func knownOutcome(of draft: EventDraft) throws -> RecordOutcome? {
    if let customer = draft.customer, try sources.isErased(sealer.pseudonyms.customer(customer)) {
      return .erased
    }
    guard let source = draft.source else { return nil }
    let finding = try sources.finding(
      key: sealer.pseudonyms.sourceKey(source), revision: source.revision,
      content: sealer.pseudonyms.content(source))
    switch finding {
    case .new: return nil
    case .duplicate: return .duplicate
    case .conflict: return .conflict
    }
  }

  private func append(
    _ event: Scorebook_V1_Event, texts: [DraftSealer.SealedText]
  ) throws -> Address {
    let entry: [UInt8] = try event.serializedBytes()
    // Room for one repetition inside another event; a repetition itself is not repeated again.
    let limit =
      event.body.map(EventKind.init) == .forkTailRepeated
      ? StoreLimits.entryBytesMax : StoreLimits.recordedBytesMax
    guard entry.count <= limit else {
      throw EventRefusal.tooLong(field: "event", bytes: entry.count, limit: limit)
    }
    let address = nextAddress
    try appender.append(
      entry, event: event, log: own, received: Instant(microseconds: event.recordedUs), isOwn: true)
    for text in texts {
      try appender.insertText(
        TextTable.Text(ordinal: text.ordinal, salt: text.salt, bytes: text.bytes), log: own,
        seq: address.seq)
    }
    return address
  }

  /// Before the first own event after foreign ones: names what this log has taken in since it last did (DESIGN §2.4).
  private func observe() throws {
    let state = appender.state
    let log = state.logs[Int(own)]
    guard log.size > 0 else { return }
    let seen = state.fold.causality.clock(of: Address(log: log.id, seq: log.size))
    let advanced = state.logs.filter { $0.number != own && $0.size > seen[$0.id] }
    guard !advanced.isEmpty else { return }
    let clocks = advanced.map { head in
      state.fold.causality.clock(of: Address(log: head.id, seq: head.size))
    }
    var observed = Scorebook_V1_Observed()
    // A head that another named head has seen needs no mention.
    let named = advanced.enumerated().filter { index, head in
      !clocks.indices.contains { $0 != index && clocks[$0][head.id] >= head.size }
    }
    for head in named.map(\.element).sorted(by: { $0.id < $1.id }) {
      var message = Scorebook_V1_Head()
      message.log = ProtobufBytes.data(head.id.bytes)
      message.size = head.size
      message.root = ProtobufBytes.data(head.frontier.root.bytes)
      observed.heads.append(message)
    }
    observed.stampUs = named.map(\.element.stamp).max() ?? 0
    try append(.observed(observed))
  }
}
