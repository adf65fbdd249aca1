import Foundation
import LedgerCore
import TestSupport

extension Simulation {
  /// The process is killed after its commit, before the high-water file names it, or while that file is written. What
  /// was committed is there all the same, and that is no restore.
  func crashAfterCommit() throws {
    guard let machine = fleet.honest.filter({ $0.path != nil }).randomElement(using: &random),
      let path = machine.path
    else { return }
    let url = URL(filePath: path + "-highwater")
    let before = try Data(contentsOf: url)
    try record(Int.random(in: 1...5, using: &random), at: machine)
    let after = try Data(contentsOf: url)
    let torn = TornWrite(of: before, to: after)
    let left = Bool.random(using: &random) ? before : torn.data(using: &random)
    let fault: Fault = left == before ? .crashAfterCommit : .tornHighWater
    count(fault, left != after)
    var content = try FileContent(of: path)
    content.highWater = left
    try restart(machine) { try content.putBack(at: path) }
    say("machine \(machine.number) is killed: \(fault.rawValue)", [machine])
  }
}

/// A write in place of which only a part came to the disk.
struct TornWrite {
  private let before: Data
  private let after: Data

  init(of before: Data, to after: Data) {
    self.before = before
    self.after = after
  }

  /// A prefix of what was written, then what was there before.
  func data(using random: inout SplitMix64) -> Data {
    let end = Int.random(in: 0...after.count, using: &random)
    return after.prefix(end) + before.dropFirst(end)
  }
}
