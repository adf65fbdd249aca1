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
  private(set) var sealer: DraftSealer
  private let sources: SourceIndex
  private let own: UInt32
  private let now: () -> Instant

  init(_ appender: Appender, ledger: Ledger, now: @escaping () -> Instant) throws {
    self.appender = appender
    self.now = now
    guard let own = appender.state.ownLogNumber else { throw StoreError.missingSetting("own_log") }
    self.own = own
    sealer = DraftSealer(ledger)
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
    let sealed: SealedDraft
    do throws(EventRefusal) {
      sealed = try sealer.seal(draft, recorded: now(), batch: batch)
    } catch {
      return .refused(error)
    }
    return try record(sealed)
  }

  /// Records the drafts of many inputs in order; the next ones are made and sealed while the last ones are appended.
  ///
  /// `draft`: makes the draft of an input; runs on another thread.
  /// - Returns: what became of each.
  package func record<Input: Sendable>(
    _ inputs: [Input], draft: @escaping @Sendable (Input) -> StampedDraft
  ) throws -> [RecordOutcome] {
    var outcomes: [RecordOutcome] = []
    outcomes.reserveCapacity(inputs.count)
    try DraftSealing.forEach(inputs, sealer: sealer, draft: draft) {
      outcomes.append(try record($0))
    }
    return outcomes
  }

  /// Records the sealed drafts of one group: of its first part, and of those that come until it ends.
  func record(
    _ first: DraftSealing.Part, _ rest: Pipeline<DraftSealing.Part>.Parts
  ) throws -> [RecordOutcome] {
    var outcomes: [RecordOutcome] = []
    var next: DraftSealing.Part? = first
    while let part = next {
      for outcome in part.outcomes { outcomes.append(try record(outcome)) }
      next = part.endsGroup ? nil : try rest.next()
    }
    return outcomes
  }

  private func record(_ outcome: DraftSealing.Outcome) throws -> RecordOutcome {
    switch outcome {
    case .success(let sealed): try record(sealed)
    case .failure(let refusal): .refused(refusal)
    }
  }

  /// The drafts, each stamped with the time at which it is taken here.
  package func stamped(_ drafts: [EventDraft], batch: ItemID? = nil) -> [StampedDraft] {
    drafts.map { StampedDraft($0, recorded: now(), batch: batch) }
  }

  /// Appends a sealed draft, unless its source row is here already or its customer was erased.
  package func record(_ sealed: SealedDraft) throws -> RecordOutcome {
    if let known = try knownOutcome(of: sealed) { return known }
    return .recorded(try append(sealed))
  }

  /// What is known already of a draft: then it is not recorded.
  ///
  /// Erased customers do not come back by an import.
  package func knownOutcome(of sealed: SealedDraft) throws -> RecordOutcome? {
    if let customer = sealed.customer, try sources.isErased(customer) { return .erased }
    guard let source = sealed.entry.source else { return nil }
    switch try sources.finding(source) {
    case .new: return nil
    case .duplicate: return .duplicate
    case .conflict: return .conflict
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
    return try append(try sealer.seal(event))
  }

  /// Appends without asking whether it is here already.
  package func append(_ sealed: SealedDraft) throws -> Address {
    let address = nextAddress
    try appender.append(sealed.entry, log: own, received: sealed.entry.recorded, isOwn: true)
    for text in sealed.texts {
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
    let advanced = state.unobserved(by: log).map(\.log)
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
