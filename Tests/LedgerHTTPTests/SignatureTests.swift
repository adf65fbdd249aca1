import Crypto
import Foundation
import LedgerHTTP
import Testing

/// RFC 9421, its own examples, and what our subset refuses.
@Suite struct `Request signatures` {
  /// RFC 9421 B.2: the test request.
  private static let request = RequestHead(
    method: "POST", authority: "example.com", target: "/foo?param=Value&Pet=dog",
    fields: [
      ("Host", "example.com"), ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
      ("Content-Type", "application/json"),
      (
        "Content-Digest",
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"
      ),
      ("Content-Length", "18"),
    ])
  /// RFC 9421 B.1.4.
  private static let publicKey = Array(
    Data(base64Encoded: "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=") ?? Data())

  @Test func `B.2.6: the base of the Ed25519 example is the standard's, and its signature holds`()
    throws
  {
    let text =
      #"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")"#
      + #";created=1618884473;keyid="test-key-ed25519""#
    let input = try SignatureInput(text)
    let base = String(decoding: try input.base(of: Self.request), as: UTF8.self)
    #expect(
      base == """
        "date": Tue, 20 Apr 2021 02:07:55 GMT
        "@method": POST
        "@path": /foo
        "@authority": example.com
        "content-type": application/json
        "content-length": 18
        "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
        ;created=1618884473;keyid="test-key-ed25519"
        """)
    var head = Self.request
    head.fields += [
      ("Signature-Input", text),
      (
        "Signature",
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
      ),
    ]
    try RequestSignature.verify(head, input, key: Self.publicKey)
    head.fields[1].value = "Tue, 20 Apr 2021 02:07:56 GMT"
    #expect(throws: SignatureRefusal.badSignature) {
      try RequestSignature.verify(head, input, key: Self.publicKey)
    }
  }

  @Test func `B.2.1 and B.2.3: nothing covered, and everything`() throws {
    let nothing = #"();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#
    #expect(
      String(
        decoding: try SignatureInput("sig-b21=" + nothing).base(of: Self.request), as: UTF8.self)
        == "\"@signature-params\": \(nothing)")
    let everything =
      #"("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "#
      + #""content-length");created=1618884473;keyid="test-key-rsa-pss""#
    let base = try SignatureInput("sig-b23=" + everything).base(of: Self.request)
    #expect(
      String(decoding: base, as: UTF8.self) == """
        "date": Tue, 20 Apr 2021 02:07:55 GMT
        "@method": POST
        "@path": /foo
        "@query": ?param=Value&Pet=dog
        "@authority": example.com
        "content-type": application/json
        "content-digest": \(Self.request.fields[3].value)
        "content-length": 18
        "@signature-params": \(everything)
        """)
  }

  @Test func `B.2.2: a component with parameters is beyond our subset`() {
    #expect(throws: SignatureRefusal.malformed) {
      try SignatureInput(
        #"sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473"#
          + #";keyid="test-key-rsa-pss";tag="header-example""#)
    }
  }

  /// With a shared secret, which no hub of ours takes: the base is what is looked at.
  @Test func `B.2.5: the code over the base is the standard's`() throws {
    let input = try SignatureInput(
      #"sig-b25=("date" "@authority" "content-type");created=1618884473"#
        + #";keyid="test-shared-secret""#)
    let secret = try #require(
      Data(
        base64Encoded:
          "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
      ))
    let code = HMAC<SHA256>.authenticationCode(
      for: try input.base(of: Self.request), using: SymmetricKey(data: secret))
    #expect(Data(code).base64EncodedString() == "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=")
  }

  @Test func `derived components are those of the standard`() throws {
    let input = try SignatureInput(#"x=("@method" "@authority" "@path" "@query")"#)
    var head = RequestHead(
      method: "GET", authority: "WWW.Example.com:8443", target: "/path", fields: [])
    #expect(
      String(decoding: try input.base(of: head), as: UTF8.self).hasPrefix(
        """
        "@method": GET
        "@authority": www.example.com:8443
        "@path": /path
        "@query": ?
        "@signature-params":
        """))
    head.target = "/path?a=1?b"
    #expect(
      String(decoding: try input.base(of: head), as: UTF8.self).contains("\"@query\": ?a=1?b\n"))
  }

  // MARK: - Our subset

  private let key = Curve25519.Signing.PrivateKey()

  private func signed(_ change: (inout RequestHead) -> Void = { _ in }) throws -> RequestHead {
    var head = RequestHead(
      method: "POST", authority: "hub:8443", target: "/v1/hello",
      fields: [("Content-Digest", ContentDigest.value(of: [1, 2, 3]))])
    head.fields += try RequestSignature.fields(
      for: head, key: key, keyID: "log", nonce: "once", created: 1)
    change(&head)
    return head
  }

  private func verify(_ head: RequestHead) throws -> RequestSignature.Verified {
    try RequestSignature.verify(head) {
      $0 == "log" ? Array(key.publicKey.rawRepresentation) : nil
    }
  }

  @Test func `what was signed is believed, with its key, nonce and digest`() throws {
    let verified = try verify(try signed())
    #expect(verified.keyID == "log" && verified.nonce == "once")
    #expect(ContentDigest.matches(verified.digest, [1, 2, 3]))
    #expect(!ContentDigest.matches(verified.digest, [1, 2, 4]))
  }

  @Test(arguments: 0..<5)
  func `each covered part is covered`(part: Int) throws {
    let head = try signed { head in
      switch part {
      case 0: head.method = "GET"
      case 1: head.authority = "other:8443"
      case 2: head.target = "/v1/push"
      case 3: head.target += "?x"
      default: head.fields[0].value = ContentDigest.value(of: [9])
      }
    }
    #expect(throws: SignatureRefusal.badSignature) { try verify(head) }
  }

  @Test(arguments: [
    (#";alg="rsa-pss-sha512""#, SignatureRefusal.algorithm),
    (#";alg="ed25519";extra="x""#, .algorithm), (#";nonce="twice""#, .malformed),
    (#";expires=5"#, .malformed), (#", sig=("@method")"#, .malformed),
    (#", other=("@method")"#, .unsigned),
  ])
  func `an unknown algorithm, a parameter too many and a second label are refused`(
    suffix: String, refusal: SignatureRefusal
  ) throws {
    let head = try signed { $0.fields[1].value += suffix }
    #expect(throws: refusal) { try verify(head) }
  }

  @Test(arguments: RequestSignature.covered)
  func `a component that is not signed is missed`(component: String) throws {
    let head = try signed { head in
      head.fields[1].value = head.fields[1].value
        .replacing("\"\(component)\" ", with: "").replacing(" \"\(component)\"", with: "")
    }
    #expect(throws: SignatureRefusal.missingComponent) { try verify(head) }
  }

  /// Signed as it stands there, so that nothing but the purpose is wrong with it.
  @Test(arguments: [";tag=\"ledger-sync-v2\"", ";tag=\"\"", ""])
  func `a signature for another purpose, or for none, is refused although it holds`(
    tag: String
  ) throws {
    var head = try signed { $0.fields.removeLast(2) }
    let names = RequestSignature.covered.map { "\"\($0)\"" }.joined(separator: " ")
    let text = "sig=(\(names));created=1;keyid=\"log\";nonce=\"once\"\(tag)"
    let input = try SignatureInput(text)
    let signature = Data(try key.signature(for: try input.base(of: head)))
    head.fields += [
      (SignatureInput.field, text), ("signature", "sig=:\(signature.base64EncodedString()):"),
    ]
    try RequestSignature.verify(head, input, key: Array(key.publicKey.rawRepresentation))
    #expect(throws: SignatureRefusal.algorithm) { try verify(head) }
  }

  @Test func `no signature, two of them, and an unknown key are refused`() throws {
    #expect(throws: SignatureRefusal.unsigned) {
      try verify(try signed { $0.fields.removeLast() })
    }
    #expect(throws: SignatureRefusal.unsigned) {
      try verify(try signed { $0.fields.append($0.fields[2]) })
    }
    #expect(throws: SignatureRefusal.unknownKey) {
      try RequestSignature.verify(try signed()) { _ in nil }
    }
  }
}
