import Crypto
import Foundation
import SwiftASN1
import X509

/// A company's own certificate authority.
struct LittleAuthority {
  /// Both as PEM.
  struct Pair {
    let certificate: String
    let key: String
  }

  /// Somebody with a name and a key.
  private struct Party {
    let name: DistinguishedName
    let key = P256.Signing.PrivateKey()

    init(_ name: String) throws {
      self.name = try DistinguishedName { CommonName(name) }
    }
  }

  /// PEM; whoever trusts it trusts what the authority vouches for.
  let certificate: String
  private let root: Party

  init(_ name: String) throws {
    let root = try Party(name)
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
      Critical(KeyUsage(keyCertSign: true))
    }
    certificate = try Self.certificate(of: root, signedBy: root, extensions)
    self.root = root
  }

  /// For a hub that sites reach at 127.0.0.1.
  func vouch(forHub name: String) throws -> Pair {
    let address = GeneralName.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))
    return try vouch(for: name, at: address, .serverAuth)
  }

  /// For a hub, and for no host.
  func vouch(forNamelessHub name: String) throws -> Pair {
    try vouch(for: name, at: nil, .serverAuth)
  }

  /// For a site that shows it to a hub.
  func vouch(forSite name: String) throws -> Pair {
    try vouch(for: name, at: .dnsName(name), .clientAuth)
  }

  private func vouch(
    for name: String, at place: GeneralName?, _ usage: ExtendedKeyUsage.Usage
  ) throws -> Pair {
    let party = try Party(name)
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      Critical(KeyUsage(digitalSignature: true))
      try ExtendedKeyUsage([usage])
      if let place { SubjectAlternativeNames([place]) }
    }
    return Pair(
      certificate: try Self.certificate(of: party, signedBy: root, extensions),
      key: party.key.pemRepresentation + "\n")
  }

  /// Valid for a day, and since one, as a clock may be off.
  private static func certificate(
    of subject: Party, signedBy issuer: Party, _ extensions: Certificate.Extensions
  ) throws -> String {
    let now = Date()
    let certificate = try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PrivateKey(subject.key).publicKey,
      notValidBefore: now.addingTimeInterval(-86_400),
      notValidAfter: now.addingTimeInterval(86_400),
      issuer: issuer.name,
      subject: subject.name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: extensions,
      issuerPrivateKey: Certificate.PrivateKey(issuer.key))
    return try certificate.serializeAsPEM().pemString + "\n"
  }
}
