import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport

extension Simulation {
  /// What is decided is about logs that the deciding machine holds: the authority's, a clone of it, or a delegate's.
  private func victim(of decider: Machine) throws -> (machine: Machine, log: LogID, size: UInt64)? {
    guard
      let machine = fleet.honest.filter({ !isAuthority($0) }).randomElement(using: &random),
      try isAuthority(decider) || !mayDecide(machine),
      let size = try decider.ledger.store.read({ $1.log(machine.ledger.log)?.size })
    else { return nil }
    return (machine, machine.ledger.log, size)
  }

  /// Any machine that says for itself that it may decide.
  private func someDecider() throws -> Machine? {
    let delegates = try fleet.honest.filter { try !isAuthority($0) && mayDecide($0) }
    if Bool.random(using: &random), let one = delegates.randomElement(using: &random) { return one }
    return fleet.honest.filter(isAuthority).randomElement(using: &random)
  }

  private func mayDecide(_ machine: Machine) throws -> Bool {
    try machine.ledger.store.read { _, state in
      state.membership?.mayDecide(machine.ledger.log) == true
    }
  }

  func retire() throws {
    guard let decider = try someDecider(), let (machine, log, size) = try victim(of: decider) else {
      return
    }
    var retired = Scorebook_V1_SiteRetired()
    retired.finalHead.log = ProtobufBytes.data(log.bytes)
    retired.finalHead.size = size
    try decide(.siteRetired(retired), by: decider, about: machine, log, .retired)
    say("machine \(machine.number) is retired after \(size)", [machine, decider])
  }

  func revoke() throws {
    guard let decider = try someDecider(), let (machine, log, size) = try victim(of: decider) else {
      return
    }
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(log.bytes)
    revoked.afterSeq = UInt64.random(in: 0...size, using: &random)
    try decide(.siteRevoked(revoked), by: decider, about: machine, log, .revoked)
    let last = revoked.afterSeq
    say("machine \(machine.number) is revoked after \(last)", [machine, decider])
  }

  private func decide(
    _ body: Scorebook_V1_Event.OneOf_Body, by decider: Machine, about machine: Machine,
    _ log: LogID, _ fault: Fault
  ) throws {
    faults.try(fault)
    awaited.append((fault, log))
    noteDelegate(decider)
    _ = try decider.ledger.withRecorder { try $0.append(body) }
    // Twins go on in the same log, or in one that follows it.
    for other in fleet.machines where other.site == machine.site { limit(other) }
  }

  func limit(_ machine: Machine) { machine.isLimited = true }

  private func noteDelegate(_ decider: Machine) {
    if !isAuthority(decider) { faults.fire(.delegated) }
  }

  /// The site gets a new ledger by a new invitation; the old one is thrown away, or goes on.
  func rejoin() throws {
    guard fleet.machines.count < Self.machinesMax,
      let old = fleet.honest.filter({ !isAuthority($0) }).randomElement(using: &random)
    else { return }
    faults.try(.rejoined)
    let isFile = Bool.random(using: &random) && rates.filesOfThree > 0
    let new = try fleet.join(old.site, isFile: isFile, using: &random)
    fleet.link(new.number, asIs: old.number)
    awaited.append((.rejoined, new.ledger.log))
    if Bool.random(using: &random) {
      old.isGone = true
      acknowledged.putBack(
        machine: old.number, held: [], elsewhere: try heldElsewhere(than: old))
    }
    let rest = "\(old.number) \(old.isGone ? "is gone" : "stays")"
    say("machine \(new.number) joins as \(old.site), \(rest)", [old, new])
  }

  /// A new site whose invitation asks for a person's word.
  func joinByApproval() throws {
    guard fleet.machines.count < Self.machinesMax else { return }
    faults.try(.joinedByApproval)
    let isFile = Bool.random(using: &random) && rates.filesOfThree > 0
    let number = fleet.machines.count
    let new = try fleet.join(
      "newcomer \(number)", isFile: isFile, needsApproval: true, using: &random)
    new.waitsWith = new.ledger.log
    fleet.link(0, new.number)
    awaited.append((.joinedByApproval, new.ledger.log))
    say("machine \(number) joins, and waits for approval", [new])
  }

  /// Somebody who may looks at who waits, and vouches for one.
  func approve() throws {
    guard let decider = try someDecider(),
      let applicant = try decider.ledger.applicants().randomElement(using: &random)
    else { return }
    faults.try(.approved)
    _ = try decider.ledger.approve(applicant.site, log: applicant.log)
    noteDelegate(decider)
    awaited.append((.approved, applicant.log))
    // Only an authority's own word is sure to stand: a delegate's may come after its delegation's end.
    if isAuthority(decider) {
      for machine in fleet.machines where machine.waitsWith == applicant.log {
        machine.waitsWith = nil
      }
    }
    say(
      "machine \(decider.number) approves \(applicant.site), which is \(applicant.standing)",
      [decider])
  }

  /// The authority repeats a tail of a forked log, whether or not its owner is lost.
  func adopt() throws {
    guard let authority = fleet.honest.filter(isAuthority).randomElement(using: &random),
      let fork = try authority.ledger.forks().randomElement(using: &random),
      let head = fork.heads.randomElement(using: &random)
    else { return }
    faults.try(.adopted)
    do {
      let report = try authority.ledger.adopt(
        head.log, size: head.size, rootPrefix: String(head.root.description.prefix(16)))
      if report.events > 0 { faults.fire(.adopted) }
      say("machine \(authority.number) adopts \(report.events) of \(head.log)", [authority])
    } catch let refusal as LedgerError {
      // Its owner goes on, it was adopted before, or the branch is not held: then nothing is done.
      say("machine \(authority.number) does not adopt: \(refusal)", [authority])
    }
  }

  /// A key is given up. Whoever else goes on from the same ledger waits from then on.
  func rotate() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    let family = fleet.family(of: machine).filter { $0.number != machine.number && !$0.isGone }
    // Of two authorities one would lose its say, and with it what it decided.
    guard !isAuthority(machine) || (family.isEmpty && !machine.wasPutBack) else { return }
    let old = machine.ledger.log
    faults.try(.rotated)
    do {
      try machine.ledger.rotateKey()
    } catch LedgerError.clonedLog {
      // Which of the two goes on is for a person to say.
      return say("machine \(machine.number) may not rotate", [machine])
    }
    rotated.insert(old)
    awaited.append((.rotated, old))
    // Two that give up the same key at the same time: one of them is the heir. And a machine that was put back may have
    // gone on from this log before, and does not know it.
    for other in family { limit(other) }
    if !family.isEmpty || machine.wasPutBack { limit(machine) }
    // Nobody keeps a backup with an authority's old key: what it decided would wait for somebody who may decide.
    if isAuthority(machine) { machine.images = [] }
    say("machine \(machine.number) rotates its key, goes on in \(machine.ledger.log)", [machine])
  }

  func delegate() throws {
    try changeDelegation { authority, site, log in
      do {
        _ = try authority.ledger.delegate(to: site, log: log)
      } catch LedgerError.siteHasEnded {
        return nil
      }
      faults.try(.delegated)
      return "decides too"
    }
  }

  func endDelegation() throws {
    try changeDelegation { authority, site, log in
      let isDelegate = try authority.ledger.store.read { $1.membership?.mayDecide(log) == true }
      guard isDelegate else { return nil }
      _ = try authority.ledger.endDelegation(to: site, log: log)
      faults.try(.delegationEnded)
      awaited.append((.delegationEnded, log))
      return "decides no more"
    }
  }

  private func changeDelegation(
    _ change: (Machine, String, LogID) throws -> String?
  ) throws {
    guard let authority = fleet.honest.filter(isAuthority).randomElement(using: &random),
      let (machine, log, _) = try delegateOf(authority)
    else { return }
    guard let what = try change(authority, machine.site, log) else { return }
    say("machine \(machine.number) \(what)", [machine, authority])
  }

  private func delegateOf(
    _ authority: Machine
  ) throws -> (machine: Machine, log: LogID, size: UInt64)? {
    let (held, membership) = try authority.ledger.store.read { ($1.clock, $1.membership) }
    let sites = fleet.honest.filter { !isAuthority($0) && held[$0.ledger.log] > 0 }
    // Mostly one that counts: another one would decide nothing.
    let counting = sites.filter { membership?.limit(of: $0.ledger.log) == .max }
    let isAnybody = Int.random(in: 0..<4, using: &random) == 0
    guard let machine = (isAnybody ? sites : counting).randomElement(using: &random) else {
      return nil
    }
    return (machine, machine.ledger.log, held[machine.ledger.log])
  }
}
