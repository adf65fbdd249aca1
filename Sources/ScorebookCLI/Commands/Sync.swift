import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerHTTP

struct Sync: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Exchange events both ways: with a hub, a shared folder or a ledger file.",
    discussion: """
      The peer is a URL (https://HUB), a folder that both can read (folder:PATH, on a file server, a \
      synced drive or a stick), or a ledger file on this machine. Without one it is the hub that the \
      ledger's invitation named. A session that breaks off goes on where it stopped. In a folder each \
      site writes files of its own, and changes nobody's.
      """)

  @Argument(
    help: ArgumentHelp(
      "The peer, and after it the ledger (default: --ledger).", valueName: "peer"))
  var places: [String] = []

  @Option(
    help: ArgumentHelp("Go on for ever, with such a pause: 30s, 5m, 2h.", valueName: "time"))
  var every: String?

  @Flag(help: "One session, and fail where a hub cannot be reached at once.")
  var once = false

  @Option(
    help: ArgumentHelp(
      "The hub's certificate, the only one to trust (default: as invited, else the system's).",
      valueName: "file"))
  var certificate: String?

  @OptionGroup var client: ClientCertificateOptions

  @Flag(help: "In a folder: write no texts. Whoever can read it could read them.")
  var withoutText = false

  @Flag(help: "Talk plain HTTP to another machine.")
  var insecureHttp = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let schedule = try SyncSchedule(every: every, isOnce: once)
    let (peer, path) = try peerAndLedger()
    let here = try LedgerFile.open(path)
    let session = try session(with: peer, here)
    try schedule.run(session)
  }

  private func session(with peer: String?, _ here: Ledger) throws -> () throws -> Void {
    if let peer, peer.hasPrefix(Self.folderPrefix) {
      return { try sync(folder: String(peer.dropFirst(Self.folderPrefix.count)), here) }
    }
    if let peer, !HubAddress.isURL(peer) { return { try sync(here, withFile: peer) } }
    let sessions = HubSessions(
      ledger: here, place: { try place(peer, here) }, showing: try client.pair(),
      allowsPlain: insecureHttp, isOnce: once)
    return { try sessions.run() }
  }

  /// One place is the peer, unless no ledger is named otherwise.
  private func peerAndLedger() throws -> (peer: String?, ledger: String) {
    guard places.count <= 2 else {
      throw ArgumentFault.badOption(
        "sync", got: places.joined(separator: " "), expected: "a peer and a ledger")
    }
    if places.count == 2 { return (places[0], places[1]) }
    guard let place = places.first else { return (nil, try ledger.path()) }
    if HubAddress.isURL(place) || place.hasPrefix(Self.folderPrefix) {
      return (place, try ledger.path())
    }
    guard let path = try? ledger.path() else { return (nil, place) }
    return (place, path)
  }

  private func place(_ url: String?, _ ledger: Ledger) throws -> HubPlace {
    let invited = try ledger.hub()
    guard let url = url ?? invited?.url else { throw CommandFailure.noHub }
    if let certificate {
      return HubPlace(url: url, certificate: try InputFile.certificate(certificate))
    }
    let address = try HubAddress(url, allowsPlain: true)
    // An invitation without a certificate leaves the hub to the system's authorities.
    guard let invited, address.isNamed(by: invited.url), !invited.certificate.isEmpty else {
      return HubPlace(url: url, certificate: "")
    }
    let announced = try ledger.announcedCertificates().map(\.place).filter {
      address.isNamed(by: $0.url)
    }
    return HubPlace(
      url: url, certificate: ([invited] + announced).map(\.certificate).joined(separator: "\n"))
  }

  private func sync(_ here: Ledger, withFile path: String) throws {
    // Before it is opened: SQLite must not have one file open by two names.
    if here.isStored(at: path) { throw LedgerError.ownFile(path) }
    let there = try LedgerFile.open(path)
    let (mine, theirs) = try here.sync(with: there)
    try Output.print(
      "received \(mine.received) events from \(there.site), sent \(theirs.received)")
    try mine.printFindings(at: here.site)
    try theirs.printFindings(at: there.site)
    for fork in try here.forks() { try Output.print(fork.lines) }
    let refusals = mine.refusals.count + theirs.refusals.count
    guard refusals == 0 else { throw CommandFailure.damageFound(refusals) }
  }
}

extension SyncReport {
  /// Who was enrolled and what is pending as lines; what was refused on standard error.
  func printFindings(at site: String) throws {
    for name in enrolled { try Output.print("\(site): enrolled \(name)") }
    for succession in successions { try Output.print("\(site): \(succession.sentence)") }
    if pending > 0 {
      try Output.print("\(site): \(ScoreWarning.pending(events: pending).sentence)")
    }
    for refusal in refusals { Output.note("\(site): \(ErrorWording.sentence(for: refusal))") }
  }
}
