import FeedbackLedger
import Foundation
import LedgerHTTP
import TestSupport
import Testing
import X509

/// The hub's certificate over its life, and certificates of sites.
@Suite("Certificates") struct CertificateTests {
  @Test func `a hub changes its certificate after every site has heard of the next one`()
    async throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path("hub.ledger")
    var world = try World(seed: 21, branches: 0)
    let hub = world.authority
    let (branch, late) = (try world.join("branch"), try world.join("late"))
    let (first, isNew) = try HubCertificate.ensure(beside: path, names: ["127.0.0.1"])
    #expect(isNew)
    let next = try await Hub.serving(hub, first) { server in
      for ledger in [branch, late] { try await server.sync(ledger) }
      let next = try HubCertificate.makeNext(beside: path)
      #expect(try HubCertificate.makeNext(beside: path).certificate == next.certificate)
      try hub.certify(HubPlace(url: "https://127.0.0.1:1", certificate: next.certificate))
      #expect(try hub.announcedCertificates().map(\.unaware) == [["branch", "late"]])
      // It hears in one session, and says so with what it records next.
      try await server.sync(branch)
      try branch.recordAnswers(1)
      try await server.sync(branch)
      #expect(try hub.announcedCertificates().map(\.unaware) == [["late"]])
      return next
    }
    let second = try Self.switched(beside: path, from: first, to: next)
    let both = first.certificate + "\n" + next.certificate
    let announced = try branch.announcedCertificates().map(\.place.certificate)
    #expect(announced == [next.certificate])
    try await Hub.serving(hub, second) { server in
      try await server.sync(branch, trust: .certificate(both))
      // Who has not heard trusts the first one only.
      await #expect(throws: HubError.untrusted("127.0.0.1:\(server.port)")) {
        try await server.sync(late, trust: .certificate(first.certificate))
      }
    }
  }

  /// The pair that is shown after the switch.
  private static func switched(
    beside path: String, from first: CertificatePair, to next: CertificatePair
  ) throws -> CertificatePair {
    #expect(
      try HubCertificate.ensure(beside: path, names: []).pair.certificate == first.certificate)
    #expect(try HubCertificate.switchToNext(beside: path))
    #expect(try !HubCertificate.switchToNext(beside: path))
    let (second, _) = try HubCertificate.ensure(beside: path, names: [])
    #expect(second.certificate == next.certificate && second.key == next.key)
    #expect(try CertificateSummary(pem: second.certificate).names.contains("127.0.0.1"))
    return second
  }

  @Test func `a switch that broke off between its two files is finished at the next start`() throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path("hub.ledger")
    _ = try HubCertificate.ensure(beside: path, names: ["hub.example"])
    let next = try HubCertificate.makeNext(beside: path)
    try FileManager.default.removeItem(atPath: HubCertificate.keyPath(beside: path))
    try FileManager.default.moveItem(
      atPath: path + "-tls-next-key.pem", toPath: HubCertificate.keyPath(beside: path))
    let (pair, isNew) = try HubCertificate.ensure(beside: path, names: [])
    #expect(!isNew && pair.certificate == next.certificate && pair.key == next.key)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("")) {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
  }

  @Test func `only the authority's word about a certificate counts`() throws {
    var world = try World(seed: 22, branches: 0)
    let branch = try world.join("branch")
    _ = try branch.sync(with: world.authority)
    let place = HubPlace(url: "https://hub.example", certificate: "PEM")
    #expect(throws: LedgerError.notAuthority(site: "branch")) { try branch.certify(place) }
    try world.authority.certify(place)
    try world.authority.delegate(to: "branch")
    _ = try branch.sync(with: world.authority)
    #expect(throws: LedgerError.notAuthority(site: "branch")) { try branch.certify(place) }
    #expect(try branch.announcedCertificates().map(\.place) == [place])
  }

  @Test func `a certificate may vouch for the hosts that it names, and a star for one label`()
    throws
  {
    let names = ["hub.example", "*.shops.example", "192.0.2.7"]
    let summary = try CertificateSummary(
      pem: try HubCertificate.selfSigned(names: names).certificate)
    #expect(summary.names == names)
    for host in ["hub.example", "HUB.example", "hanoi.shops.example", "192.0.2.7"] {
      #expect(summary.mayVouch(for: host), "\(host)")
    }
    for host in ["example", "shops.example", "a.hanoi.shops.example", "0.2.7", ""] {
      #expect(!summary.mayVouch(for: host), "\(host)")
    }
    let root = try HubCertificate.selfSigned(names: []).certificate
    #expect(try CertificateSummary(pem: root).mayVouch(for: "any.example"))
  }

  @Test func `a hub that asks for certificates hears nobody without one`() async throws {
    var world = try World(seed: 23, branches: 0)
    let branch = try world.join("branch")
    let own = try HubCertificate.selfSigned(names: ["127.0.0.1"])
    let site = try HubCertificate.selfSigned(names: ["branch"], isForClients: true)
    let stranger = try HubCertificate.selfSigned(names: ["branch"], isForClients: true)
    let hub = world.authority
    try await Hub.serving(hub, own, clientRoots: site.certificate) { server in
      for other in [nil, stranger] {
        await #expect(throws: HubError.wantsCertificate("127.0.0.1:\(server.port)")) {
          try await server.sync(
            branch,
            showing: other)
        }
      }
      try await server.sync(
        branch,
        showing: site)
      try expectEqual(hub, branch)
    }
  }
  @Test func `a hub's own certificate is good by every clock that is behind, for ten years`() throws
  {
    let own = try HubCertificate.selfSigned(names: ["hub.example"])
    let validity = try CertificateSummary(pem: own.certificate).validity
    #expect(validity.lowerBound == Date(timeIntervalSince1970: 0))
    let years = validity.upperBound.timeIntervalSinceNow / 86_400 / 365.25
    // A certificate tells whole seconds.
    #expect((9.9...10.001).contains(years))
  }

  @Test func `a certificate that is good no more is told as that, and no other one is`()
    async throws
  {
    let (hub, branch) = try Hub.withBranch(seed: 24)
    let own = try HubCertificate.selfSigned(
      names: ["127.0.0.1"], now: Date().addingTimeInterval(-4_000 * 86_400))
    let validity = try CertificateSummary(pem: own.certificate).validity
    let good = try HubCertificate.selfSigned(names: ["127.0.0.1"]).certificate
    try await Hub.serving(hub, own) { server in
      let place = "127.0.0.1:\(server.port)"
      let error = await #expect(throws: HubError.self) { try await server.sync(branch) }
      guard case .outOfDate(place, validity, let now)? = error else {
        Issue.record("told as \(String(describing: error))")
        return
      }
      #expect(!validity.contains(now) && abs(now.timeIntervalSinceNow) < 60)
      await #expect(throws: HubError.untrusted(place)) {
        try await server.sync(branch, trust: .certificate("\(own.certificate)\n\(good)"))
      }
    }
  }

  @Test func `https to a hub without a certificate, and http to one with it, are told as that`()
    async throws
  {
    let (hub, branch) = try Hub.withBranch(seed: 25)
    @Sendable func error(_ url: String) async throws -> HubError? {
      let address = try HubAddress(url)
      return await #expect(throws: HubError.self) {
        try await Hub.blocking {
          let connection = try HubConnection(branch, to: address, trust: .system)
          defer { try? connection.close() }
          _ = try HubSync(branch, connection, attemptsMax: 1).run()
        }
      }
    }
    try await Hub.serving(hub) { server in
      let found = try await error("https://127.0.0.1:\(server.port)")
      #expect(found == .plain("127.0.0.1:\(server.port)"))
    }
    let own = try HubCertificate.selfSigned(names: ["127.0.0.1"])
    try await Hub.serving(hub, own) { server in
      guard case .unreachable(_, let reason)? = try await error("http://127.0.0.1:\(server.port)")
      else {
        Issue.record("told as something else")
        return
      }
      #expect(reason.contains("https instead of http"))
    }
  }

  @Test func `a certificate is shown with its own key only`() throws {
    let pairs = try (0..<2).map { _ in
      try HubCertificate.selfSigned(names: ["branch"], isForClients: true)
    }
    func isWhole(_ certificate: String, _ key: String) -> Bool {
      CertificatePair(certificate: certificate, key: key).isWhole
    }
    #expect(isWhole(pairs[0].certificate, pairs[0].key))
    #expect(!isWhole(pairs[0].certificate, pairs[1].key))
    #expect(!isWhole(pairs[0].certificate, "no key"))
  }
}
