import Crypto
import LedgerCore
import LedgerSchema
import Testing

/// Several logs that go on from one whose key was given up.
@Suite("Contested heirs") struct ContestedHeirsTests {
  private typealias Key = Curve25519.Signing.PrivateKey
  private static let ledger = Digest256(hashing: [1])
  private static let genesis = LogID(high: 0, low: 1)
  private static let delegate = LogID(high: 0, low: 2)
  private static let heir = LogID(high: 0, low: 3)
  private static let thief = LogID(high: 0, low: 4)
  private static let newcomer = LogID(high: 0, low: 5)
  private let first = Key()
  private let second = Key()

  /// Its decisions up to the least size count, and a delegate's word gives it back none of those after it.
  @Test func `of the authority nobody's word confirms one, and one event more says the same`()
    throws
  {
    let events = try company(contested: Self.genesis, key: first)
    let all = membership(events)
    for log in [Self.heir, Self.thief, Self.newcomer] { #expect(all.limit(of: log) == 0) }
    #expect(all.limit(of: Self.genesis) == 3)
    #expect(all.unconfirmedHeirs == [])
    // Not even what its log says after that size.
    #expect(takenAlone(events) == 0)
  }

  @Test func `of a site the one that was confirmed goes on`() throws {
    let site = LogID(high: 0, low: 6)
    let key = Key()
    var events = try company(contested: site, key: key)
    events.insert(start(site, key), at: 0)
    var enrolled = Scorebook_V1_SiteEnrolled()
    enrolled.log = ProtobufBytes.data(site.bytes)
    events.append(event(.siteEnrolled(enrolled), Self.genesis, 5))
    let all = membership(events)
    #expect(all.limit(of: Self.heir) == .max && all.limit(of: Self.thief) == 0)
    #expect(all.limit(of: site) == 4)
    #expect(all.limit(of: Self.newcomer) == .max)
    #expect(takenAlone(events) > 0)
  }

  private typealias Placed = (address: Address, event: Scorebook_V1_Event)

  /// The genesis enrols a delegate and a newcomer; the delegate confirms the heir that names more.
  private func company(contested log: LogID, key: Key) throws -> [Placed] {
    var enrolled = Scorebook_V1_SiteEnrolled()
    enrolled.log = ProtobufBytes.data(Self.delegate.bytes)
    var delegated = Scorebook_V1_AuthorityDelegated()
    delegated.log = enrolled.log
    var confirmed = enrolled
    confirmed.log = ProtobufBytes.data(Self.heir.bytes)
    var joined = enrolled
    joined.log = ProtobufBytes.data(Self.newcomer.bytes)
    return [
      start(Self.genesis, first), start(Self.delegate, second), start(Self.newcomer, Key()),
      try heir(Self.heir, of: log, key, size: 4), try heir(Self.thief, of: log, key, size: 3),
      event(.siteEnrolled(enrolled), Self.genesis, 2),
      event(.authorityDelegated(delegated), Self.genesis, 3),
      event(.siteEnrolled(confirmed), Self.delegate, 2),
      event(.siteEnrolled(joined), Self.genesis, 4),
    ]
  }

  private func membership(_ events: [Placed]) -> Membership {
    Membership(ledger: Self.ledger, genesis: Self.genesis, events: events)
  }

  /// How many of them are taken by themselves, each as the last one; those say the same as all together.
  private func takenAlone(_ events: [Placed]) -> Int {
    let all = membership(events)
    var count = 0
    for (index, last) in events.enumerated() {
      var others = events
      others.remove(at: index)
      var taken = membership(others)
      guard let event = MembershipEvent(last.event), taken.take(event, at: last.address) else {
        continue
      }
      count += 1
      for log in all.members.keys { #expect(taken.limit(of: log) == all.limit(of: log)) }
    }
    return count
  }

  private func start(_ log: LogID, _ key: Key) -> Placed {
    var start = Scorebook_V1_LogStarted()
    start.site = log.description
    start.publicKey = key.publicKey.rawRepresentation
    return event(.logStarted(start), log, 1)
  }

  private func heir(_ log: LogID, of before: LogID, _ key: Key, size: UInt64) throws -> Placed {
    let own = Key()
    var placed = start(log, own)
    placed.event.logStarted.predecessor.head.log = ProtobufBytes.data(before.bytes)
    placed.event.logStarted.predecessor.head.size = size
    placed.event.logStarted.predecessor.reason = .rotated
    placed.event.logStarted.predecessor.signature = try key.signature(
      for: SigningPayload.succession(
        ledger: Self.ledger, predecessor: before, log: log,
        logKey: Array(own.publicKey.rawRepresentation)))
    return placed
  }

  private func event(_ body: Scorebook_V1_Event.OneOf_Body, _ log: LogID, _ seq: UInt64) -> Placed {
    var event = Scorebook_V1_Event()
    event.body = body
    return (Address(log: log, seq: seq), event)
  }
}
