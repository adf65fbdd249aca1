import FeedbackLedger
import Foundation
import LedgerHTTP
import Synchronization

/// Sessions with a hub as the user sees them: a line that moves, and one that stays.
struct HubSessions {
  let ledger: Ledger
  /// Asked anew for each session: the one before may have brought a certificate.
  let place: () throws -> HubPlace
  /// What this site shows.
  var showing: CertificatePair?
  let allowsPlain: Bool
  /// Whether a hub that cannot be reached is tried no second time.
  let isOnce: Bool
  private let progress = Progress()

  private final class Progress: Sendable {
    private let line = Mutex(ProgressLine())

    func begin(with hub: String) {
      line.withLock { $0.showNow("asking \(hub)") }
    }

    func show(_ progress: HubPeer.Progress) {
      line.withLock {
        $0.show("received \(progress.received) events, sent \(progress.sent)")
      }
    }

    func clear() {
      line.withLock { $0.clear() }
    }
  }

  /// Five minutes; a slow line looks like a clock that is behind by some seconds.
  private static let clockMicrosecondsMin: UInt64 = 300_000_000

  /// One session.
  ///
  /// - Throws: `HubError`, `SyncRefusal`; `CommandFailure.damageFound` where something was refused.
  func run() throws {
    defer { progress.clear() }
    let place = try place()
    let address = try HubAddress(place.url, allowsPlain: allowsPlain)
    let connection = try HubConnection(
      ledger, to: address,
      trust: place.certificate.isEmpty ? .system : .certificate(place.certificate),
      showing: showing)
    defer { try? connection.close() }
    let progress = progress
    progress.begin(with: address.authority)
    let sync = HubSync(ledger, connection, attemptsMax: isOnce ? 1 : 6) {
      progress.show($0)
    } onFailure: { error, seconds in
      progress.clear()
      Output.note(
        "\(ErrorWording.sentence(for: error)) Trying again in \(DurationText.precise(seconds)) s.")
    }
    let outcome = try sync.run()
    progress.clear()
    let (here, there) = (outcome.here, outcome.there)
    let refused = here.refusals.count + there.refusals.count
    let named = here.peerSite.isEmpty ? there.peerSite : here.peerSite
    let site = named.isEmpty ? address.authority : AlignedColumns.printable(named)
    try Output.print(
      "received \(here.received) events from \(site), sent \(there.received), "
        + "refused \(refused), took \(DurationText.precise(outcome.seconds)) s")
    try here.printFindings(at: ledger.site)
    try there.printFindings(at: site)
    if let ahead = here.clockSkew, ahead.magnitude >= Self.clockMicrosecondsMin {
      Output.note(
        "The clock of this machine is \(DurationText.coarse(abs(ahead))) \(ahead > 0 ? "behind" : "ahead of") "
          + "that of \(site), and what is recorded here is dated by it. One of the two wants setting."
      )
    }
    for fork in try ledger.forks() { try Output.print(fork.lines) }
    if refused > 0 { throw CommandFailure.damageFound(refused) }
  }
}
