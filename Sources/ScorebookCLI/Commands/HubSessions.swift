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
  var showing: HubConnection.ClientCertificate?
  let allowsPlain: Bool
  /// Between two sessions; nil for a single one.
  let pauseSeconds: Double?
  let isOnce: Bool

  private final class Progress: Sendable {
    private let line = Mutex(ProgressLine())

    func show(_ progress: HubPeer.Progress) {
      line.withLock {
        $0.show("received \(progress.received) events, sent \(progress.sent)")
      }
    }

    func clear() {
      line.withLock { $0.clear() }
    }
  }

  /// - Throws: `HubError`, `SyncRefusal`; with a pause only for what another session cannot mend.
  func run() throws {
    let progress = Progress()
    guard let pauseSeconds else { return try session(progress) }
    while true {
      do {
        try session(progress)
      } catch let error as HubError where error.isTransient {
        Output.note(ErrorWording.sentence(for: error))
      }
      // A little earlier or later than the others, so that they do not all come at once.
      Thread.sleep(forTimeInterval: pauseSeconds * Double.random(in: 0.9...1.1))
    }
  }

  private func session(_ progress: Progress) throws {
    defer { progress.clear() }
    let place = try place()
    let connection = try HubConnection(
      ledger, to: try HubAddress(place.url, allowsPlain: allowsPlain),
      trust: place.certificate.isEmpty ? .system : .certificate(place.certificate),
      showing: showing)
    defer { try? connection.close() }
    let sync = HubSync(ledger, connection, attemptsMax: isOnce ? 1 : 6) {
      progress.show($0)
    } onFailure: { error, seconds in
      progress.clear()
      Output.note(
        "\(ErrorWording.sentence(for: error)) Trying again in \(Self.text(seconds)) s.")
    }
    let outcome = try sync.run()
    progress.clear()
    let (here, there) = (outcome.here, outcome.there)
    let refused = here.refusals.count + there.refusals.count
    let site = here.peerSite.isEmpty ? there.peerSite : here.peerSite
    try Output.print(
      "received \(here.received) events from \(site), sent \(there.received), "
        + "refused \(refused), took \(Self.text(outcome.seconds)) s")
    try here.printFindings(at: ledger.site)
    try there.printFindings(at: site)
    for fork in try ledger.forks() { try Output.print(fork.lines) }
    if refused > 0, pauseSeconds == nil { throw CommandFailure.damageFound(refused) }
  }

  private static func text(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
