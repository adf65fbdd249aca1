import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport

extension Simulation {
  func recordSomewhere() throws {
    guard let machine = fleet.machines.filter({ !$0.isGone }).randomElement(using: &random) else {
      return
    }
    machine.clock.turn(seconds: .random(in: 0...3_600, using: &random))
    if machine.isHostile {
      try equivocate(machine)
    } else {
      try record(Int.random(in: 1...5, using: &random), at: machine)
    }
  }

  /// Records, and remembers what was acknowledged.
  func record(_ count: Int, at machine: Machine) throws {
    let made = draftsOf(count, machine)
    let outcomes = try drafts.record(made, in: machine.ledger, using: &random)
    try acknowledge(outcomes, by: machine)
    if let turn = machine.pendingTurn {
      faults.fire(turn)
      machine.pendingTurn = nil
    }
    let size = try machine.ownHead()?.size ?? 0
    say("machine \(machine.number) records \(count), holds \(size)", [machine])
  }

  /// Some with a text.
  func draftsOf(_ count: Int, _ machine: Machine) -> [EventDraft] {
    (0..<count).map { _ in
      var draft = drafts.next(near: machine.clock.time, using: &random)
      if draft.customer != nil, Bool.random(using: &random) {
        texts += 1
        draft.texts.append(EventDraft.Text(field: .comment, text: "text \(texts) of \(seed)"))
      }
      return draft
    }
  }

  private func acknowledge(_ outcomes: [RecordOutcome], by machine: Machine) throws {
    try machine.ledger.store.read { database, state in
      for case .recorded(let address) in outcomes {
        guard let log = state.numbers[address.log],
          let bytes = try EntryReader(database).entry(log: log, seq: address.seq)
        else {
          throw Violation(
            .retention, "\(address) is not there just after it was acknowledged",
            machines: [machine.number])
        }
        acknowledged.add(
          Acknowledgements.Item(
            leaf: NaiveTree.leaf(bytes), address: address, machine: machine.number))
      }
    }
  }

  func turnClock() {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    let days = Int64.random(in: 1...1_500, using: &random)
    let isBack = Bool.random(using: &random)
    machine.clock.turn(seconds: (isBack ? -days : days) * 86_400)
    machine.pendingTurn = isBack ? .clockBack : .clockAhead
    faults.try(isBack ? .clockBack : .clockAhead)
    let direction = isBack ? "back" : "ahead"
    say("machine \(machine.number) turns its clock \(direction) \(days) d", [machine])
  }

  func define() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    definitionVersion += 1
    faults.try(.redefined)
    let minimum = Int.random(in: 1...9, using: &random)
    let text = Definitions.latest + "\nminimumCount: \(minimum)\nversion: \(definitionVersion)"
    do {
      if try machine.ledger.define(text).isNew, definitionVersion > 1 { faults.fire(.redefined) }
    } catch is DefinitionError {
      // Somebody else's version is known there.
    }
    say("machine \(machine.number) defines version \(definitionVersion)", [machine])
  }

  func erase() throws {
    guard erasures < 4, let machine = fleet.honestMachine(using: &random) else { return }
    erasures += 1
    faults.try(.erased)
    let customer = CustomerID(high: 7, low: random.next() % 6)
    let report = try machine.ledger.erase(
      [.pseudonym(customer)], removing: Bool.random(using: &random))
    if report.deletedTexts > 0 { faults.fire(.erased) }
    say("machine \(machine.number) erases, \(report.deletedTexts) texts", [machine])
  }

  /// Asks for the scores of a cut, and remembers them.
  func lookBack() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    let clock = try machine.ledger.store.read { $1.clock }
    cuts.keep(clock)
    try ask(machine, at: clock)
    say("machine \(machine.number) looks back", [machine])
  }

  func ask(_ machine: Machine, at clock: VectorClock) throws {
    let metric = Self.metrics.randomElement(using: &random) ?? "nps"
    let wrong = try cuts.ask(machine.ledger, metric, at: clock, machine: machine.number)
    if let wrong { throw wrong }
  }

  static let metrics = [
    "nps", "csat.top2", "ces.net", "csi.equal", "ticket.frt", "ticket.backlog", "nps.latest",
  ]
}
