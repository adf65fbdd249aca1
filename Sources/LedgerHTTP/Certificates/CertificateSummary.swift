import Crypto
package import Foundation
import LedgerCore
import SwiftASN1
import X509

/// What a person compares of a certificate.
package struct CertificateSummary: Hashable, Sendable {
  /// Host names and addresses that it is for.
  package let names: [String]
  /// From when on it is good, and until when.
  package let validity: Range<Date>
  /// SHA-256 of its DER form, as browsers and `openssl x509 -fingerprint -sha256` show it.
  package let fingerprint: String

  /// Of the first certificate in a PEM text.
  ///
  /// - Throws: for a text that holds none.
  package init(pem: String) throws {
    try self.init(Certificate(pemEncoded: pem))
  }

  /// Of every certificate in a PEM text.
  ///
  /// - Throws: for a text that holds something else.
  static func all(pem: String) throws -> [CertificateSummary] {
    try PEMDocument.parseMultiple(pemString: pem).map { try .init(Certificate(pemDocument: $0)) }
  }

  private init(_ certificate: Certificate) throws {
    names = try certificate.extensions.subjectAlternativeNames?.compactMap(Self.text) ?? []
    let first = certificate.notValidBefore
    validity = first..<max(first, certificate.notValidAfter)
    var serializer = DER.Serializer()
    try serializer.serialize(certificate)
    fingerprint = SHA256.hash(data: serializer.serializedBytes)
      .map { [$0].hexadecimal.uppercased() }.joined(separator: ":")
  }

  /// Whether a hub under that host can be trusted by it: it names the host, or none at all, as the root of an authority
  /// does.
  package func mayVouch(for host: String) -> Bool {
    names.isEmpty || names.contains(where: HostName(host).fits)
  }

  private static func text(_ name: GeneralName) -> String? {
    switch name {
    case .dnsName(let host): host
    case .ipAddress(let address): ListenAddress.text(address: Array(address.bytes))
    default: nil  // Names of other kinds are not made here.
    }
  }
}
