import Crypto
import FeedbackLedger
import FuzzTargets
import LedgerCore
import LedgerHTTP

/// Definitions, addresses, and the fields of signed requests.
enum TextSeeds {
  static func all() throws -> [Seed] {
    let definitions = KnownDefinition.builtIn.map(\.definition)
    return definitions.map { Seed(.definition, $0.id, $0.description) }
      + [Seed(.definition, "own", own)]
      + addresses.enumerated().map { Seed(.address, "\($0)", $1) } + [try signed(), standard]
  }

  private static let own = """
    metric: visit.nps
    version: 3
    title: "Visits \\u00e9"
    unit: points
    polarity: higherIsBetter
    readOut: net
    measure: nps
    scale: 0..10
    low: 0..6
    high: 9..10
    questions: ["recommend", "again"]
    completedOnly: true
    dedupe: latestPerRespondent
    window: 90d
    zone: "Europe/Berlin"
    minimumCount: 30
    decimals: 1

    """

  private static let addresses = [
    "https://hub.example:8443", "http://127.0.0.1:80/", "https://[::1]:8443", "8443", ":8443",
    "[::1]:8443", "localhost:1",
  ]

  private static func signed() throws -> Seed {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 7, count: 32))
    let digest = ContentDigest.value(of: Array("body".utf8))
    let head = RequestHead(
      method: "POST", authority: "hub.example:8443", target: "/v1/pull",
      fields: [(ContentDigest.field, digest)])
    let fields = try RequestSignature.fields(
      for: head, key: key, keyID: "00112233445566778899aabbccddeeff", nonce: "n", created: 1)
    return Seed(
      .signature, "request",
      "\(head.target)\n\(fields[0].value)\n\(fields[1].value)\n\(ContentDigest.field): \(digest)")
  }

  /// RFC 9421 B.2.6.
  private static let standard = Seed(
    .signature, "standard",
    """
    /foo?param=Value&Pet=dog
    sig-b26=("date" "@method" "@path" "@authority");created=1618884473;keyid="test-key-ed25519"
    sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:
    date: Tue, 20 Apr 2021 02:07:55 GMT
    """)
}
