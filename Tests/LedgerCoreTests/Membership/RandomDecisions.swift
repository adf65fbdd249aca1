import Crypto
import Foundation
import LedgerCore
import LedgerSchema
import TestSupport

/// Logs that a seed begins, and what they decide about each other, whether that is theirs to decide or not.
struct RandomDecisions {
  typealias Event = (address: Address, event: Scorebook_V1_Event)

  let ledger = Digest256(hashing: [1])
  /// The first one is the genesis.
  let logs: [LogID]
  /// In the order in which they were made.
  private(set) var events: [Event] = []
  private let keys: [Curve25519.Signing.PrivateKey]
  private let recovery = Curve25519.Signing.PrivateKey()
  private var random: SplitMix64
  private var sizes: [UInt64]

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    let count = Int.random(in: 3...8, using: &random)
    var ids = (1...UInt64(count)).map { LogID(high: 0, low: $0) }
    ids.shuffle(using: &random)
    logs = ids
    keys = ids.map { _ in Curve25519.Signing.PrivateKey() }
    sizes = ids.map { _ in 0 }
    for number in logs.indices { try begin(number) }
    for _ in 0..<Int.random(in: 5...30, using: &random) { try decide() }
  }

  /// The same events as they may come somewhere else: each log's in its own order.
  mutating func arrival() -> [Event] {
    var queues = logs.map { log in events.filter { $0.address.log == log }[...] }
    var arrival: [Event] = []
    while let log = queues.indices.filter({ !queues[$0].isEmpty }).randomElement(using: &random) {
      arrival.append(queues[log].removeFirst())
    }
    return arrival
  }

  private mutating func begin(_ number: Int) throws {
    var start = Scorebook_V1_LogStarted()
    start.site = "site \(number % 3)"
    start.publicKey = keys[number].publicKey.rawRepresentation
    if number == 0 { start.recoveryKey = recovery.publicKey.rawRepresentation }
    if number > 0, Int.random(in: 0..<3, using: &random) == 0 {
      let before = Int.random(in: 0..<number, using: &random)
      start.predecessor.head.log = ProtobufBytes.data(logs[before].bytes)
      start.predecessor.head.size = UInt64.random(in: 1...4, using: &random)
      start.predecessor.reason = Bool.random(using: &random) ? .rotated : .restored
      start.predecessor.signature = try keys[before].signature(
        for: SigningPayload.succession(
          ledger: ledger, predecessor: logs[before], log: logs[number],
          logKey: Array(start.publicKey)))
    }
    // Two invitations, which several logs show.
    if number > 0, !start.hasPredecessor, Bool.random(using: &random) {
      start.invitation.publicKey = Data([UInt8.random(in: 1...2, using: &random)])
    }
    add(.logStarted(start), in: number)
  }

  private mutating func decide() throws {
    // Mostly those whose word counts, sometimes anybody.
    let author = Bool.random(using: &random) ? 0 : Int.random(in: logs.indices, using: &random)
    let subject = Int.random(in: logs.indices, using: &random)
    let log = ProtobufBytes.data(logs[subject].bytes)
    let seq = UInt64.random(in: 0...6, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<8:
      var enrolment = Scorebook_V1_SiteEnrolled()
      enrolment.log = log
      enrolment.withoutText = Int.random(in: 0..<4, using: &random) == 0
      enrolment.approved = Int.random(in: 0..<4, using: &random) == 0
      add(.siteEnrolled(enrolment), in: author)
    case 8..<10:
      var revocation = Scorebook_V1_SiteRevoked()
      revocation.log = log
      revocation.afterSeq = seq
      add(.siteRevoked(revocation), in: author)
    case 10..<12:
      var retirement = Scorebook_V1_SiteRetired()
      retirement.finalHead.log = log
      retirement.finalHead.size = seq
      add(.siteRetired(retirement), in: author)
    case 12..<18:
      var delegation = Scorebook_V1_AuthorityDelegated()
      delegation.log = log
      delegation.ended = Int.random(in: 0..<4, using: &random) == 0
      delegation.afterSeq = delegation.ended ? seq : 0
      add(.authorityDelegated(delegation), in: author)
    case 18:
      var word = Scorebook_V1_TextsWithheld()
      word.log = log
      word.ended = Bool.random(using: &random)
      add(.textsWithheld(word), in: author)
    default: try replaceAuthority(with: subject, after: seq, in: author)
    }
  }

  private mutating func replaceAuthority(
    with subject: Int, after seq: UInt64, in author: Int
  ) throws {
    let replacement = AuthorityReplacement(
      log: logs[subject], publicKey: Array(keys[subject].publicKey.rawRepresentation),
      ended: [Address(log: logs[0], seq: seq)])
    let signature = try recovery.signature(for: replacement.payload(ledger: ledger))
    add(.authorityReplaced(replacement.message(signature: Array(signature))), in: author)
  }

  private mutating func add(_ body: Scorebook_V1_Event.OneOf_Body, in number: Int) {
    sizes[number] += 1
    var event = Scorebook_V1_Event()
    event.body = body
    event.recordedUs = Int64.random(in: 1...9, using: &random)
    events.append((Address(log: logs[number], seq: sizes[number]), event))
  }
}
