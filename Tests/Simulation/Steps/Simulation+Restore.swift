import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

extension Simulation {
  private static let imagesMax = 3
  static let machinesMax = 9

  func backUp() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    machine.images.append(try MachineImage(of: machine))
    if machine.images.count > Self.imagesMax { machine.images.removeFirst() }
    say("machine \(machine.number) is backed up", [machine])
  }

  /// A machine goes on from one of its backups.
  func restore() throws {
    let candidates = fleet.honest.filter { !$0.images.isEmpty }
    guard let machine = candidates.randomElement(using: &random),
      let image = machine.images.randomElement(using: &random)
    else { return }
    let kinds: [Fault] =
      image.isFile(at: machine.path)
      ? [.restoredBackup, .restoredFile, .restoredMachine]
      : image.isFile ? [.restoredBackup] : [.restoredMachine]
    guard let kind = kinds.randomElement(using: &random) else { return }
    let before = try machine.ownHead()
    faults.try(kind)
    let authorityFault: Fault? =
      !isAuthority(machine)
      ? nil : kind == .restoredMachine ? .authorityPutBack : .restoredAuthority
    if let authorityFault { count(authorityFault, before != image.head) }
    // What it goes on in does not inherit from a log whose key was given up since.
    if let given = image.head?.log, rotated.contains(given) { limit(machine) }
    if kind == .restoredMachine { machine.wasPutBack = true }
    let finding = try putBack(machine, image, kind)
    let view = try LedgerView.logs(of: machine.ledger, memory: memory)
    let held = view.held
    acknowledged.putBack(
      machine: machine.number, held: held, elsewhere: try heldElsewhere(than: machine))
    if kind != .restoredMachine {
      try require(
        RestoreReport.violations(
          finding, acknowledged: before, holdsAll: before.map(view.holds) ?? true,
          held: image.head, isCopy: kind == .restoredBackup, machine: machine.number))
      if before != image.head { faults.fire(kind) }
      // Its high-water file was put back before, and knows of less than it once acknowledged in this log.
      if machine.wasPutBack, finding == nil, let head = image.head { split.insert(head.log) }
    } else if before != image.head {
      markSplit(machine, .restoredMachine, image.head)
    }
    let sizes = "\(before?.size ?? 0) to \(image.head?.size ?? 0)"
    say("machine \(machine.number): \(kind.rawValue), from \(sizes)", [machine])
  }

  private func putBack(
    _ machine: Machine, _ image: MachineImage, _ kind: Fault
  ) throws -> OpenFinding? {
    guard image.isFile else {
      machine.use(try image.start(at: "", machine.surroundings))
      return nil
    }
    switch (kind, machine.path) {
    case (.restoredFile, let path?):
      return try machine.restart { try image.putBack(at: path, withHighWater: false) }
    case (.restoredMachine, let path?):
      let finding = try machine.restart { try image.putBack(at: path, withHighWater: true) }
      try require(
        RestoreReport.violations(
          finding, acknowledged: image.head, holdsAll: true, held: image.head, isCopy: false,
          machine: machine.number))
      return nil
    default:
      let copy = fleet.newPath()
      try image.write(to: copy)
      return try open(copy, at: machine)
    }
  }

  private func open(_ path: String, at machine: Machine) throws -> OpenFinding? {
    var finding: OpenFinding?
    machine.use(try Ledger.open(at: path, surroundings: machine.surroundings) { finding = $0 })
    return finding
  }

  func isAuthority(_ machine: Machine) -> Bool { machine.ledger.identity.isAuthority }

  /// Nothing in the file shows that its log may be written twice from here on.
  private func markSplit(_ machine: Machine, _ fault: Fault, _ head: Head?) {
    machine.pendingSplit = fault
    if let head { split.insert(head.log) }
  }

  /// What other honest machines hold: a hostile one may keep to itself what it was given.
  func heldElsewhere(than machine: Machine) throws -> Set<Digest256> {
    try fleet.honest.filter { $0.number != machine.number }.reduce(into: Set()) {
      $0.formUnion(try LedgerView.held(by: $1.ledger, memory: memory))
    }
  }

  /// A second machine goes on from what a first one is now.
  func cloneSomewhere() throws {
    guard fleet.machines.count < Self.machinesMax,
      let machine = fleet.honestMachine(using: &random)
    else { return }
    let image = try MachineImage(of: machine)
    if isAuthority(machine) { count(.clonedAuthority, true) }
    let clock = WallClock(machine.clock.time, seed: random.next())
    let path = fleet.newPath()
    let isCopy = image.isFile && Bool.random(using: &random)
    faults.try(isCopy ? .copiedFile : .clone)
    let twin: Machine
    if isCopy {
      try image.write(to: path)
      var finding: OpenFinding?
      let ledger = try Ledger.open(at: path, surroundings: clock.surroundings) { finding = $0 }
      twin = fleet.add(machine.site, clock, ledger, twin: machine)
      try require(
        RestoreReport.violations(
          finding, acknowledged: image.head, holdsAll: true, held: image.head, isCopy: true,
          machine: twin.number))
      faults.fire(.copiedFile)
    } else {
      twin = fleet.add(
        machine.site, clock, try image.start(at: path, clock.surroundings), twin: machine)
      markSplit(machine, .clone, image.head)
      markSplit(twin, .clone, image.head)
    }
    fleet.link(twin.number, asIs: machine.number)
    say(
      "machine \(twin.number) is a \(isCopy ? "copy" : "clone") of \(machine.number)",
      [machine, twin])
  }
}
