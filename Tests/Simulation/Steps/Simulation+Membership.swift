import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport

extension Simulation {
  /// What the authority decides is about logs that it holds.
  private func victim() throws -> (machine: Machine, log: LogID, size: UInt64)? {
    guard
      let machine = fleet.honest.filter({ !isAuthority($0) }).randomElement(using: &random),
      let size = try fleet.authority.ledger.store.read({ $1.log(machine.ledger.log)?.size })
    else { return nil }
    return (machine, machine.ledger.log, size)
  }

  func retire() throws {
    guard let (machine, log, size) = try victim() else { return }
    var retired = Scorebook_V1_SiteRetired()
    retired.finalHead.log = ProtobufBytes.data(log.bytes)
    retired.finalHead.size = size
    try decide(.siteRetired(retired), about: machine, log, .retired)
    say("machine \(machine.number) is retired after \(size)", [machine, fleet.authority])
  }

  func revoke() throws {
    guard let (machine, log, size) = try victim() else { return }
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(log.bytes)
    revoked.afterSeq = UInt64.random(in: 0...size, using: &random)
    try decide(.siteRevoked(revoked), about: machine, log, .revoked)
    let last = revoked.afterSeq
    say("machine \(machine.number) is revoked after \(last)", [machine, fleet.authority])
  }

  private func decide(
    _ body: Scorebook_V1_Event.OneOf_Body, about machine: Machine, _ log: LogID, _ fault: Fault
  ) throws {
    faults.try(fault)
    awaited.append((fault, log))
    _ = try fleet.authority.ledger.withRecorder { try $0.append(body) }
    // Twins go on in the same log, or in one that follows it.
    for other in fleet.machines where other.site == machine.site { other.isLimited = true }
  }

  /// The site gets a new ledger by a new invitation; the old one is thrown away, or goes on.
  func rejoin() throws {
    guard fleet.machines.count < 9,
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
}
