import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

/// All machines of one company, and what lies around between them: bundles, and frames that are late.
struct Fleet {
  let folder: ScratchFolder
  private(set) var machines: [Machine] = []
  private(set) var links: [(Int, Int)]
  var bundles: [StoredBundle] = []
  let late = LateFrames()
  private var files = 0
  /// That all can read and write; made when somebody first syncs through it.
  let sharedFolder: String
  /// Files that the shared folder shows later.
  var lateFiles: [(path: String, aside: String)] = []

  /// A bundle that somebody carries.
  struct StoredBundle {
    let number: Int
    let path: String
    let sender: Int
    /// The sender's log when it was made.
    let head: Head?
    /// The machines that took it in.
    var takers: [Int] = []
  }

  /// The authority comes first; every other machine is a branch that it invited.
  init(_ rates: Rates, using random: inout SplitMix64) throws {
    folder = try ScratchFolder()
    sharedFolder = folder.path("shared")
    links = rates.topology.links(machines: rates.machines)
    let clock = WallClock(WallClock.start, seed: random.next())
    let authority = try Ledger.create(
      at: Self.isFile(rates, using: &random) ? folder.path("0.ledger") : nil, site: "head office",
      timeZone: "Europe/Berlin", surroundings: clock.surroundings)
    machines = [Machine(number: 0, site: "head office", clock: clock, ledger: authority)]
    for number in 1..<rates.machines {
      let isFile = Self.isFile(rates, using: &random)
      _ = try join("branch \(number)", isFile: isFile, using: &random)
    }
  }

  private static func isFile(_ rates: Rates, using random: inout SplitMix64) -> Bool {
    Int.random(in: 0..<3, using: &random) < rates.filesOfThree
  }

  var authority: Machine { machines[0] }
  var honest: [Machine] { machines.filter(\.isHonest) }

  mutating func newPath() -> String {
    files += 1
    return folder.path("file\(files)")
  }

  /// Invites a site and starts its ledger, with a clock that is wrong by up to a day.
  mutating func join(
    _ site: String, isFile: Bool, needsApproval: Bool = false, using random: inout SplitMix64
  ) throws -> Machine {
    let inviting =
      honest.filter(\.ledger.identity.isAuthority)
      .randomElement(using: &random) ?? authority
    let clock = WallClock(inviting.clock.time, seed: random.next())
    clock.turn(seconds: .random(in: -86_400...86_400, using: &random))
    let ledger = try Ledger.create(
      at: isFile ? newPath() : nil, site: site,
      invitation: try inviting.ledger.invite(site, needsApproval: needsApproval),
      surroundings: clock.surroundings)
    return add(site, clock, ledger)
  }

  /// `twin`: whose ledger it goes on from, where it is not a new one.
  mutating func add(
    _ site: String, _ clock: WallClock, _ ledger: Ledger, twin: Machine? = nil
  ) -> Machine {
    let machine = Machine(
      number: machines.count, site: site, clock: clock, ledger: ledger, family: twin?.family)
    machine.isLimited = twin?.isLimited ?? false
    machine.waitsWith = twin?.waitsWith
    machines.append(machine)
    return machine
  }

  mutating func link(_ left: Int, _ right: Int) {
    links.append((min(left, right), max(left, right)))
  }

  /// The newcomer syncs with whom another machine syncs.
  mutating func link(_ newcomer: Int, asIs other: Int) {
    for (left, right) in links where left == other || right == other {
      link(newcomer, left == other ? right : left)
    }
  }

  /// Two machines that may sync, in random order.
  func pair(using random: inout SplitMix64) -> (Machine, Machine)? {
    let open = links.filter { !machines[$0].isGone && !machines[$1].isGone }
    guard let (left, right) = open.randomElement(using: &random) else { return nil }
    return Bool.random(using: &random)
      ? (machines[left], machines[right]) : (machines[right], machines[left])
  }

  /// The machines that may sync with one.
  func neighbours(of machine: Machine) -> [Machine] {
    links.compactMap { left, right in
      guard left == machine.number || right == machine.number else { return nil }
      let other = machines[left == machine.number ? right : left]
      return other.isGone || other.number == machine.number ? nil : other
    }
  }

  /// The machines that go on from one ledger: a first one, its copies and its clones.
  func family(of machine: Machine) -> [Machine] {
    machines.filter { $0.family == machine.family }
  }

  func honestMachine(using random: inout SplitMix64) -> Machine? {
    honest.randomElement(using: &random)
  }
}
