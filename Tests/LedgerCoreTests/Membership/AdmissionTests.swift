import Crypto
import LedgerCore
import LedgerSchema
import Testing

/// What the first entry of a log must show to enter a ledger.
@Suite struct `Admission of logs` {
  private let ledger = Digest256(hashing: [1])
  private var genesis = LogID(high: 0, low: 0)
  private let authority = Curve25519.Signing.PrivateKey()
  private let invitation = Curve25519.Signing.PrivateKey()
  private let own = Curve25519.Signing.PrivateKey()
  private var log: LogID { LogID(ofKey: bytes(own)) }

  @Test func `an invitation that the authority signed admits the log that it was signed over to`()
    throws
  {
    let start = try invited()
    #expect(isAdmitted(start, authority))
    // Whoever decides now, or did.
    #expect(isAdmitted(start, Curve25519.Signing.PrivateKey(), authority))
    #expect(!isAdmitted(start, Curve25519.Signing.PrivateKey()))
    #expect(!isAdmitted(start))
  }

  @Test func `an invitation that nobody signed admits nobody`() throws {
    let genuine = try invited()
    for change in Self.changes {
      var start = genuine
      change(&start)
      #expect(!isAdmitted(start, authority))
    }
  }

  @Test func `an invitation that somebody else was given admits nobody`() throws {
    var stolen = try invited()
    let thief = Curve25519.Signing.PrivateKey()
    stolen.publicKey = thief.publicKey.rawRepresentation
    stolen.log = ProtobufBytes.data(LogID(ofKey: bytes(thief)).bytes)
    #expect(!isAdmitted(stolen, authority))
    stolen.invitation.acceptanceSignature = try thief.signature(for: acceptance(of: stolen))
    #expect(!isAdmitted(stolen, authority))
    stolen.invitation.acceptanceSignature = try invitation.signature(for: acceptance(of: stolen))
    #expect(isAdmitted(stolen, authority))
  }

  /// An old key would get a new member in without a person's word.
  @Test func `an invitation and a predecessor together admit nobody`() throws {
    let before = LogID(high: 0, low: 9)
    var both = try invited()
    both.predecessor.head.log = ProtobufBytes.data(before.bytes)
    both.predecessor.signature = try authority.signature(
      for: SigningPayload.succession(
        ledger: ledger, predecessor: before, log: log, logKey: bytes(own)))
    func isAdmitted(_ start: Scorebook_V1_LogStarted) -> Bool {
      ground(start, [bytes(authority)]) { $0 == before ? bytes(authority) : nil } != nil
    }
    #expect(!isAdmitted(both))
    both.invitation.id = ProtobufBytes.data([1, 2, 3])
    #expect(!isAdmitted(both))
    both.clearInvitation()
    #expect(isAdmitted(both))
  }

  /// Else whoever is heard first would keep all others' entries out, and be given what was decided of them.
  @Test func `no log takes the id of another one's key`() throws {
    let thief = Curve25519.Signing.PrivateKey()
    var squatter = try invited()
    squatter.publicKey = thief.publicKey.rawRepresentation
    squatter.invitation.acceptanceSignature = try invitation.signature(
      for: acceptance(of: squatter))
    #expect(!isAdmitted(squatter, authority))
    let before = LogID(high: 0, low: 9)
    var successor = plain()
    successor.publicKey = thief.publicKey.rawRepresentation
    successor.predecessor.head.log = ProtobufBytes.data(before.bytes)
    successor.predecessor.signature = try authority.signature(
      for: SigningPayload.succession(
        ledger: ledger, predecessor: before, log: log, logKey: bytes(thief)))
    #expect(ground(successor, []) { $0 == before ? bytes(authority) : nil } == nil)
  }

  @Test func `the id of a key is the beginning of its digest`() throws {
    let key = [UInt8](0..<32)
    let digest = Digest256(hashing: Array("scorebook log v1\n".utf8) + key)
    #expect(LogID(ofKey: key).bytes == Array(digest.bytes.prefix(16)))
    #expect(LogID(ofKey: key).description == "4799fd644d71c80b93cbed561afff869")
  }

  /// Else whoever is heard first would be the authority.
  @Test func `an invited log that takes the id of the first one is admitted nowhere`() throws {
    let start = try invited()
    var other = self
    other.genesis = log
    #expect(!other.isAdmitted(start, authority))
  }

  @Test func `a successor is admitted by the key of the log before it`() throws {
    let before = LogID(high: 0, low: 9)
    var start = plain()
    start.predecessor.head.log = ProtobufBytes.data(before.bytes)
    start.predecessor.signature = try authority.signature(
      for: SigningPayload.succession(
        ledger: ledger, predecessor: before, log: log, logKey: bytes(own)))
    func isAdmitted(by key: Curve25519.Signing.PrivateKey?) -> Bool {
      ground(start, []) { $0 == before ? key.map(bytes) : nil } != nil
    }
    #expect(isAdmitted(by: authority))
    #expect(!isAdmitted(by: own))
    #expect(!isAdmitted(by: nil))
  }

  private static let changes: [@Sendable (inout Scorebook_V1_LogStarted) -> Void] = [
    { $0.site = "another" },
    { $0.invitation.site = "another" },
    {
      $0.site = "another"
      $0.invitation.site = "another"
    },
    { $0.ledger = ProtobufBytes.data(Digest256(hashing: [2]).bytes) },
    { $0.log = ProtobufBytes.data(LogID(high: 7, low: 7).bytes) },
    { $0.log = ProtobufBytes.data([]) },
    { $0.invitation.id = ProtobufBytes.data([UInt8](repeating: 3, count: 16)) },
    { $0.invitation.authoritySignature = ProtobufBytes.data([]) },
    { $0.invitation.authoritySignature = $0.invitation.acceptanceSignature },
    { $0.invitation.acceptanceSignature = ProtobufBytes.data([UInt8](repeating: 0, count: 64)) },
    { $0.invitation.publicKey = $0.publicKey },
    { $0.clearInvitation() },
  ]

  private func plain() -> Scorebook_V1_LogStarted {
    var start = Scorebook_V1_LogStarted()
    start.log = ProtobufBytes.data(log.bytes)
    start.site = "branch"
    start.ledger = ProtobufBytes.data(ledger.bytes)
    start.publicKey = own.publicKey.rawRepresentation
    return start
  }

  private func invited() throws -> Scorebook_V1_LogStarted {
    var start = plain()
    let id = ItemID(openedAt: Address(log: LogID(high: 0, low: 1), seq: 2))
    start.invitation.id = ProtobufBytes.data(id.bytes)
    start.invitation.site = start.site
    start.invitation.publicKey = invitation.publicKey.rawRepresentation
    start.invitation.authoritySignature = try authority.signature(
      for: SigningPayload.invitation(
        ledger: ledger, id: id, site: start.site, invitationKey: bytes(invitation)))
    start.invitation.acceptanceSignature = try invitation.signature(for: acceptance(of: start))
    return start
  }

  private func acceptance(of start: Scorebook_V1_LogStarted) -> [UInt8] {
    SigningPayload.acceptance(
      ledger: ledger, id: ItemID(openedAt: Address(log: LogID(high: 0, low: 1), seq: 2)),
      log: LogID(bytes: start.log) ?? log, logKey: ProtobufBytes.array(start.publicKey))
  }

  private func isAdmitted(
    _ start: Scorebook_V1_LogStarted, _ authorities: Curve25519.Signing.PrivateKey...
  ) -> Bool {
    ground(start, authorities.map(bytes)) { _ in nil } != nil
  }

  private func ground(
    _ start: Scorebook_V1_LogStarted, _ authorities: [[UInt8]], key: (LogID) -> [UInt8]?
  ) -> Admission.Ground? {
    Admission.ground(
      of: start, log: LogID(bytes: start.log) ?? log, entry: [0], ledger: ledger, genesis: genesis,
      authorityKeys: authorities, key: key)
  }

  private func bytes(_ key: Curve25519.Signing.PrivateKey) -> [UInt8] {
    Array(key.publicKey.rawRepresentation)
  }
}
