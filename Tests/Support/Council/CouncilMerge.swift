package import FeedbackLedger
import Foundation
import LedgerCore

/// One ledger for each office, merged at head office through bundles: in random order, with repeats, through two
/// regional hubs and, for some, also directly. Beside it one ledger that imported everything.
package struct CouncilMerge {
  package let offices: CouncilOffices
  package let whole: Ledger
  package let headOffice: Ledger
  private let folder: TemporaryFolder
  private let hubs: [Ledger]
  private var random: SplitMix64
  private let say: (String) -> Void

  package static let timeZone = "America/New_York"

  /// `say`: what is being done, for who waits.
  package init(
    _ offices: CouncilOffices, seed: UInt64, say: @escaping (String) -> Void = { _ in }
  ) throws {
    self.offices = offices
    self.say = say
    random = SplitMix64(seed: seed)
    let folder = try TemporaryFolder()
    self.folder = folder
    let whole = try Ledger.create(
      at: folder.path("whole.ledger"), site: "whole", timeZone: Self.timeZone)
    let headOffice = try Ledger.create(
      at: folder.path("head office.ledger"), site: "head office", timeZone: Self.timeZone)
    self.whole = whole
    self.headOffice = headOffice
    hubs = try ["east", "west"].map { name in
      try Ledger.create(
        at: folder.path("\(name).ledger"), site: name, invitation: try headOffice.invite(name))
    }
    say("\(offices.rowCount) rows of \(offices.names.count) offices")
    let report = try offices.importRows(of: nil, into: whole)
    say("one ledger: accepted \(report.accepted), duplicate \(report.duplicate)")
  }

  /// Imports each office's rows apart, and brings all of them to head office.
  package mutating func run() throws {
    var deliveries: [(office: String, hub: Int)] = []
    for (index, office) in offices.names.enumerated() {
      let ledger = try Ledger.create(
        at: folder.path("\(office).ledger"), site: office,
        invitation: try headOffice.invite(office))
      _ = try offices.importRows(of: office, into: ledger)
      _ = try ledger.bundle(to: bundle(office))
      // Each goes to its own hub; one in three goes to the other one too, and one in three goes twice.
      deliveries.append((office, index % 2))
      if Int.random(in: 0..<3, using: &random) == 0 { deliveries.append((office, 1 - index % 2)) }
      if Int.random(in: 0..<3, using: &random) == 0 { deliveries.append((office, index % 2)) }
    }
    say("\(offices.names.count) ledgers imported apart")
    deliveries.shuffle(using: &random)
    for delivery in deliveries { try carry(delivery.office, to: delivery.hub) }
    for hub in hubs.indices.shuffled(using: &random) { try forward(hub) }
    say("\(deliveries.count) bundles carried through two hubs")
  }

  private mutating func carry(_ office: String, to hub: Int) throws {
    _ = try hubs[hub].merge(bundle: bundle(office))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: _ = try headOffice.merge(bundle: bundle(office))
    case 1: try forward(hub)
    default: break  // Mostly a bundle waits at its hub.
    }
  }

  /// What the hub holds and head office lacks; now and then everything again.
  private mutating func forward(_ hub: Int) throws {
    let isAgain = Int.random(in: 0..<4, using: &random) == 0
    let known = try headOffice.heads().map { Address(log: $0.head.log, seq: $0.head.size) }
    _ = try hubs[hub].bundle(
      to: bundle("hub"), for: isAgain ? VectorClock() : VectorClock(known))
    _ = try headOffice.merge(bundle: bundle("hub"))
  }

  private func bundle(_ name: String) -> String { folder.path("\(name).bundle") }
}

extension CouncilMerge {
  /// Scores of the two that are not equal to the last bit, by metric and group; empty when all is well.
  package func differences() throws -> (compared: Int, differences: [String]) {
    let topic = Grouping.label("topic")
    let splits: [[Grouping]] = [[], [.site], [.month], [.site, .month], [.site, topic]]
    var compared = 0
    var differences: [String] = []
    for metric in BuiltInMetrics.all.map(\.id) where metric.hasPrefix("ticket.") {
      for groupings in splits {
        let request = ScoreRequest(metric: metric, groupings: groupings)
        let (one, merged) = (try rows(request, of: whole), try rows(request, of: headOffice))
        compared += one.count
        for group in Set(one.keys).union(merged.keys) where one[group] != merged[group] {
          differences.append("\(metric) \(group)")
        }
      }
    }
    say("\(compared) scores compared, \(differences.count) differ")
    return (compared, differences.sorted())
  }

  private func rows(_ request: ScoreRequest, of ledger: Ledger) throws -> [[String]: Score] {
    Dictionary(
      uniqueKeysWithValues: try ledger.score(request).rows.map { ($0.group, $0.score) })
  }
}
