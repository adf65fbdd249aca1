import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport

extension Simulation {
  /// Every tenth machine or so turns hostile; from then on it does what its keys let it do.
  func attack() throws {
    guard let hostile = fleet.machines.first(where: { $0.isHostile && !$0.isGone }) else {
      return try turnHostile()
    }
    guard let victim = fleet.honestMachine(using: &random),
      let branch = hostile.branches.randomElement(using: &random)
    else { return }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: try signForAnother(branch, victim)
    case 1: try goOnUnderOldHead(branch, victim)
    case 2: try claimTooMuch(branch, victim)
    case 3: try claimFork(branch)
    default: try observeFalsely(branch)
    }
    say("machine \(hostile.number) attacks \(victim.number)", [hostile, victim])
  }

  private func turnHostile() throws {
    guard fleet.honest.count > 2,
      let machine = fleet.honest.filter({ !isAuthority($0) && $0.pendingSplit == nil })
        .randomElement(using: &random)
    else { return }
    let image = try MachineImage(of: machine)
    machine.branches = try (0..<2).map { _ in
      try image.start(at: fleet.newPath(), machine.surroundings)
    }
    acknowledged.putBack(
      machine: machine.number, held: [], elsewhere: try heldElsewhere(than: machine))
    machine.isLimited = true
    faults.try(.equivocation)
    if let log = image.head?.log {
      split.insert(log)
      awaited.append((.equivocation, log))
    }
    say("machine \(machine.number) turns hostile", [machine])
  }

  /// Another history for other peers.
  func equivocate(_ machine: Machine) throws {
    guard let branch = machine.branches.randomElement(using: &random) else { return }
    let made = draftsOf(Int.random(in: 1...3, using: &random), machine)
    _ = try branch.record(made)
    say("machine \(machine.number) records in one of its histories", [machine])
  }

  private func forgedEntry() throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.recordedUs = WallClock.start.microseconds + Int64(step)
    event.body = Bodies.response([Bodies.nps(0)])
    return try event.serializedBytes()
  }

  /// What is offered must be refused: the log stays as it is.
  private func offer(
    _ hello: Scorebook_V1_Hello, _ batches: [Scorebook_V1_Batch], of log: LogID,
    to victim: Machine, _ fault: Fault
  ) throws {
    faults.try(fault)
    let ledger = victim.ledger
    let before = try ledger.store.read { $1.log(log)?.size }
    do {
      var session = SyncSession(mine: try ledger.holdings())
      let plan = try session.receive(hello)
      let receiver = try SyncReceiver(ledger, session: session)
      for batch in batches { try receiver.receive(batch) }
      let report = try ledger.finish(receiver)
      let isTempted = plan.want.contains { $0.log == log }
      if !report.refusals.isEmpty || isTempted { faults.fire(fault) }
    } catch is SyncRefusal {
      faults.fire(fault)
    }
    // The victim's own log may grow by what the session makes it say, and by nothing that was offered.
    guard try !holdsAny(of: batches, in: log, after: before ?? 0, ledger) else {
      throw Violation(
        .refusal, "machine \(victim.number) took \(fault.rawValue) for \(log)",
        machines: [victim.number])
    }
  }

  private func holdsAny(
    of batches: [Scorebook_V1_Batch], in log: LogID, after size: UInt64, _ ledger: Ledger
  ) throws -> Bool {
    let offered = Set(batches.flatMap(\.runs).flatMap(\.entries).map { Array($0) })
    return try ledger.store.read { database, state in
      guard let held = state.log(log), held.size > size else { return false }
      var isTaken = false
      try EntryReader(database).forEachEntry(log: held.number, seqs: size + 1...held.size) {
        if offered.contains($1) { isTaken = true }
      }
      return isTaken
    }
  }

  private func signForAnother(_ branch: Ledger, _ victim: Machine) throws {
    let held = try branch.heads().map(\.head.log)
    guard let log = held.filter({ $0 != branch.log }).randomElement(using: &random) else { return }
    let (hello, batch) = try Forger(branch).extending(log, with: [try forgedEntry()])
    try offer(hello, [batch], of: log, to: victim, .foreignSignature)
  }

  /// New entries under a head that was signed before them.
  private func goOnUnderOldHead(_ branch: Ledger, _ victim: Machine) throws {
    let forger = Forger(branch)
    guard let old = try branch.holdings().heads.first(where: { $0.head.log == branch.log }),
      let size = try victim.ledger.store.read({ $1.log(branch.log)?.size })
    else { return }
    let batch = Forger.batch(branch.log, from: size + 1, [try forgedEntry()])
    try offer(try forger.hello(with: old), [batch], of: branch.log, to: victim, .oldHead)
  }

  private func claimTooMuch(_ branch: Ledger, _ victim: Machine) throws {
    let forger = Forger(branch)
    let size = UInt64(1) << UInt64.random(in: 20...62, using: &random)
    let head = try forger.head(
      of: branch.log, size: size, root: Digest256(hashing: try forgedEntry()))
    let start = try victim.ledger.store.read { $1.log(branch.log)?.size } ?? 0
    let batch = Forger.batch(branch.log, from: start + 1, [try forgedEntry()])
    try offer(try forger.hello(with: head), [batch], of: branch.log, to: victim, .hugeClaim)
  }

  /// Evidence of a fork of somebody else's log that proves nothing.
  private func claimFork(_ branch: Ledger) throws {
    let held = try branch.heads().map(\.head.log).filter { $0 != branch.log }
    guard let log = held.randomElement(using: &random) else { return }
    var claim = Scorebook_V1_ForkProven()
    claim.log = ProtobufBytes.data(log.bytes)
    claim.commonSeq = 1
    claim.firstEntry = ProtobufBytes.data([1])
    claim.secondEntry = ProtobufBytes.data([2])
    faults.try(.forgedProof)
    awaited.append((.forgedProof, branch.log))
    _ = try branch.withRecorder { try $0.append(.forkProven(claim)) }
  }

  /// It says that it has seen what never was.
  private func observeFalsely(_ branch: Ledger) throws {
    let held = try branch.heads().map(\.head).filter { $0.log != branch.log }
    guard let head = held.randomElement(using: &random) else { return }
    var observed = Scorebook_V1_Observed()
    var message = Scorebook_V1_Head()
    message.log = ProtobufBytes.data(head.log.bytes)
    message.size = head.size + UInt64.random(in: 0...2, using: &random)
    message.root = ProtobufBytes.data(Digest256(hashing: [1]).bytes)
    observed.heads = [message]
    observed.stampUs = Int64.random(in: 0...2_000_000_000_000_000, using: &random)
    faults.try(.falseObservation)
    awaited.append((.falseObservation, branch.log))
    _ = try branch.withRecorder { try $0.append(.observed(observed)) }
  }
}
