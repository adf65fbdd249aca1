import Crypto
package import Foundation
import SwiftASN1
import X509

/// The certificate of a hub that nobody else vouches for: made once, kept beside the ledger, and carried to the sites
/// in their invitations, where it is the only root of trust for this hub. So no authority is needed.
package struct HubCertificate: Sendable {
  /// PEM, for everybody.
  package let certificate: String
  /// PEM, for the hub alone.
  package let key: String

  package init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  package static func certificatePath(beside ledger: String) -> String { ledger + "-tls-cert.pem" }
  package static func keyPath(beside ledger: String) -> String { ledger + "-tls-key.pem" }

  /// Reads the pair beside a ledger; makes it where there is none.
  ///
  /// `names`: under which sites reach the hub: host names and addresses.
  /// - Returns: with it whether it was made now.
  package static func ensure(
    beside ledger: String, names: [String]
  ) throws -> (pair: HubCertificate, isNew: Bool) {
    if let pair = try read(
      certificate: certificatePath(beside: ledger), key: keyPath(beside: ledger))
    {
      return (pair, false)
    }
    let pair = try selfSigned(names: names)
    // The key first: a certificate without its key would be handed out and serve nobody.
    try write(pair.key, to: keyPath(beside: ledger))
    try write(pair.certificate, to: certificatePath(beside: ledger))
    return (pair, true)
  }

  /// Nil where one of the two is not there.
  package static func read(certificate: String, key: String) throws -> HubCertificate? {
    let files = FileManager.default
    guard files.fileExists(atPath: certificate), files.fileExists(atPath: key) else { return nil }
    return HubCertificate(
      certificate: try String(contentsOfFile: certificate, encoding: .utf8),
      key: try String(contentsOfFile: key, encoding: .utf8))
  }

  /// Valid for ten years from yesterday, since a clock may be a day off.
  package static func selfSigned(
    names: [String], now: Date = Date()
  ) throws -> HubCertificate {
    let key = P256.Signing.PrivateKey()
    let subject = try DistinguishedName { CommonName(names.first ?? "scorebook hub") }
    let certificate = try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PrivateKey(key).publicKey,
      notValidBefore: now.addingTimeInterval(-86_400),
      notValidAfter: now.addingTimeInterval(10 * 365.25 * 86_400),
      issuer: subject,
      subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(names.map(GeneralName.init(host:)))
      },
      issuerPrivateKey: Certificate.PrivateKey(key))
    return HubCertificate(
      certificate: try certificate.serializeAsPEM().pemString + "\n",
      key: key.pemRepresentation + "\n")
  }

  private static func write(_ text: String, to path: String) throws {
    let temporary = path + ".part"
    guard
      FileManager.default.createFile(
        atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
    guard rename(temporary, path) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
  }
}

extension GeneralName {
  fileprivate init(host: String) {
    if let address = ListenAddress.address(host) {
      self = .ipAddress(ASN1OctetString(contentBytes: address[...]))
    } else {
      self = .dnsName(host)
    }
  }
}
