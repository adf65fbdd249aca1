package import FeedbackLedger
package import LedgerCore
import LedgerSchema

/// Makes drafts of every kind that is folded, about items that are there already or are not yet.
///
/// It knows the items of all sites at once: so a site also corrects what it has not received yet, as happens when
/// somebody reads a number out on the phone.
package struct RandomDrafts {
  private var responses: [EventDraft.Item] = []
  private var tickets: [EventDraft.Item] = []
  private var merges: [EventDraft.Item] = []
  private var batches: [ItemID] = []
  private var lastSource: EventDraft.Source?
  private var count = 0

  package init() {}

  package mutating func next(near now: Instant, using random: inout SplitMix64) -> EventDraft {
    count += 1
    switch Int.random(in: 0..<13, using: &random) {
    case 0, 1, 2, 3: return response(near: now, using: &random)
    case 4, 5, 6: return change(near: now, using: &random)
    case 7: return invitation(near: now, using: &random)
    case 8: return openedTicket(near: now, using: &random)
    case 9, 10: return ticketTurn(near: now, using: &random)
    case 11: return merge(using: &random)
    default: return RandomPoints.draft(near: now, using: &random)
    }
  }

  /// Records drafts in one transaction, some of them as a batch of an import; at times voids a batch.
  ///
  /// - Returns: what became of each draft.
  @discardableResult
  package mutating func record(
    _ drafts: [EventDraft], in ledger: Ledger, using random: inout SplitMix64
  ) throws -> [RecordOutcome] {
    let isImport = Int.random(in: 0..<8, using: &random) == 0
    let voided =
      Int.random(in: 0..<40, using: &random) == 0 ? batches.randomElement(using: &random) : nil
    var drafts = drafts
    if isImport {
      // A batch names itself in the origin of a row, so every row of an import has one.
      for index in drafts.indices where drafts[index].source == nil {
        drafts[index].source = source(using: &random)
      }
    }
    let (outcomes, batch) = try ledger.withRecorder { recorder in
      var batch: ItemID?
      if isImport { batch = ItemID(openedAt: try recorder.append(.importStarted(.init()))) }
      if let voided { try recorder.append(.importVoided(.init()), item: voided) }
      return (try drafts.map { try recorder.record($0, batch: batch) }, batch)
    }
    if let batch { batches.append(batch) }
    for (draft, outcome) in zip(drafts, outcomes) { remember(draft, outcome) }
    return outcomes
  }

  private mutating func remember(_ draft: EventDraft, _ outcome: RecordOutcome) {
    guard case .recorded(let address) = outcome else { return }
    let item = draft.item == .opened ? .known(ItemID(openedAt: address)) : draft.item
    switch draft.body {
    case .surveyResponseSubmitted, .surveyInvitationSent: responses.append(item)
    case .ticketOpened, .ticketSnapshotImported: tickets.append(item)
    case .customersMerged: merges.append(item)
    default: break  // Nothing later refers to it.
    }
  }

  private mutating func response(
    near now: Instant, using random: inout SplitMix64
  ) -> EventDraft {
    var draft = EventDraft(
      Bodies.response(
        RandomAnswers.some(using: &random), isPartial: Int.random(in: 0..<6, using: &random) == 0),
      occurrence: RandomMoments.some(near: now, using: &random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0: draft.item = responses.randomElement(using: &random) ?? .opened
    case 1, 2:
      // The same paper form may be keyed at two branches.
      let form = String(Int.random(in: 0...count, using: &random))
      draft.item = .external(kind: "response", source: "paper", id: form)
    case 3: draft.source = source(using: &random)
    default: break  // Most responses open an item of their own, without a source.
    }
    addLabels(to: &draft, using: &random)
    return draft
  }

  /// A row that may have been imported before, with the same content or with another.
  private mutating func source(using random: inout SplitMix64) -> EventDraft.Source {
    count += 1
    if var again = lastSource, Int.random(in: 0..<4, using: &random) == 0 {
      if Bool.random(using: &random) { again.content = "changed \(count)" }
      return again
    }
    let source = EventDraft.Source(
      system: "till", externalID: String(count), content: "row \(count)")
    lastSource = source
    return source
  }

  private func addLabels(to draft: inout EventDraft, using random: inout SplitMix64) {
    if Bool.random(using: &random) {
      draft.labels["channel"] = ["phone", "web", "shop"].randomElement(using: &random)
    }
    if Int.random(in: 0..<3, using: &random) == 0 {
      draft.labels["touchpoint"] = ["checkout", "delivery"].randomElement(using: &random)
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      draft.labels["site"] = ["kiosk", "web shop"].randomElement(using: &random)
    }
    if Int.random(in: 0..<15, using: &random) == 0 { draft.flags = ["test"] }
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      let number = Int.random(in: 0..<9, using: &random)
      draft.customer = .identifier(namespace: "email", value: "c\(number)@example.org")
    case 1, 2, 3: draft.customer = .pseudonym(Self.customer(using: &random))
    default: break  // Some are anonymous.
    }
  }

  /// One of a few whom all sites know, so that they answer twice, are merged and re-attributed.
  private static func customer(using random: inout SplitMix64) -> CustomerID {
    CustomerID(high: 7, low: random.next() % 6)
  }

  /// Two or three of them are one person, or a merge that somebody knows is taken back.
  private func merge(using random: inout SplitMix64) -> EventDraft {
    if Bool.random(using: &random), let item = merges.suffix(6).randomElement(using: &random) {
      return EventDraft(.customersUnmerged(.init()), item: item)
    }
    let customers = (0..<6).map { CustomerID(high: 7, low: $0) }.shuffled(using: &random)
    let count = Int.random(in: 2...3, using: &random)
    return EventDraft(Bodies.merged(Array(customers.prefix(count))))
  }

  /// Something that happens to a response that somebody knows.
  private func change(near now: Instant, using random: inout SplitMix64) -> EventDraft {
    let item = responses.suffix(12).randomElement(using: &random) ?? .opened
    let body: Bodies.Body =
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1, 2:
        Bodies.corrected(
          RandomAnswers.some(using: &random),
          occurred: Bool.random(using: &random)
            ? nil : RandomMoments.instant(near: now, using: &random))
      case 3: Bodies.completed(RandomAnswers.some(using: &random))
      case 4, 5: Bodies.retracted
      case 6, 7: Bodies.reinstated
      case 8:
        Bodies.reattributed(
          ["site", "channel", "touchpoint"].randomElement(using: &random) ?? "site",
          to: [
            "kiosk", "delivery", "branch 0", "moved \(Int.random(in: 0..<3, using: &random))", "",
          ].randomElement(using: &random) ?? "")
      default: Bodies.reattributed(to: Self.customer(using: &random))
      }
    return EventDraft(body, item: item)
  }

  private func invitation(near now: Instant, using random: inout SplitMix64) -> EventDraft {
    let item = responses.suffix(12).randomElement(using: &random) ?? .opened
    let body: Bodies.Body =
      switch Int.random(in: 0..<5, using: &random) {
      case 0, 1: .surveyInvitationSent(.init())
      case 2: .surveyInvitationDelivered(.init())
      case 3: .surveyInvitationBounced(.init())
      default: .surveyShown(.init())
      }
    let isNew = Int.random(in: 0..<3, using: &random) == 0
    return EventDraft(
      body, item: isNew ? .opened : item,
      occurrence: RandomMoments.some(near: now, using: &random))
  }

  private func openedTicket(near now: Instant, using random: inout SplitMix64) -> EventDraft {
    var draft = EventDraft(
      .ticketOpened(.init()), occurrence: RandomMoments.some(near: now, using: &random))
    if Int.random(in: 0..<4, using: &random) == 0 {
      draft.body = RandomTickets.snapshot(near: now, using: &random)
      draft.item = .external(
        kind: "ticket", source: "desk", id: String(Int.random(in: 0..<20, using: &random)))
    }
    return draft
  }

  private func ticketTurn(near now: Instant, using random: inout SplitMix64) -> EventDraft {
    let item = tickets.suffix(8).randomElement(using: &random) ?? .opened
    return EventDraft(
      RandomTickets.turn(using: &random), item: item,
      occurrence: RandomMoments.some(near: now, using: &random))
  }
}
