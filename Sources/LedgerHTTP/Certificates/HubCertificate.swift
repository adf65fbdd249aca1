import Crypto
import FeedbackLedger
package import Foundation
import LedgerCore
import SwiftASN1
import X509

/// The certificate of a hub that nobody else vouches for: made once, kept beside the ledger, and carried to the sites
/// in their invitations, where it is the only root of trust for this hub. So no authority is needed.
package enum HubCertificate {
  /// Whether a certificate can name it: an address, or labels of letters, digits and hyphens (RFC 1123 2.1).
  package static func isName(_ host: String) -> Bool {
    if ListenAddress.address(host) != nil { return true }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?/) != nil }
  }

  package static func certificatePath(beside ledger: String) -> String { ledger + "-tls-cert.pem" }
  package static func keyPath(beside ledger: String) -> String { ledger + "-tls-key.pem" }

  /// Reads the pair beside a ledger; makes it where there is none.
  ///
  /// `names`: under which sites reach the hub: host names and addresses.
  /// - Returns: with it whether it was made now.
  package static func ensure(
    beside ledger: String, names: [String]
  ) throws -> (pair: CertificatePair, isNew: Bool) {
    try finishSwitch(beside: ledger)
    if let pair = try read(
      certificate: certificatePath(beside: ledger), key: keyPath(beside: ledger))
    {
      return (pair, false)
    }
    for path in [certificatePath(beside: ledger), keyPath(beside: ledger)]
    where FileManager.default.fileExists(atPath: path) {
      throw CertificateFault.halfPair(kept: path)
    }
    let pair = try selfSigned(names: names)
    // The key first: a certificate without its key would be handed out and serve nobody.
    try WholeFile.write(pair.key, to: keyPath(beside: ledger))
    try WholeFile.write(pair.certificate, to: certificatePath(beside: ledger))
    return (pair, true)
  }

  /// Nil where one of the two is not there.
  package static func read(certificate: String, key: String) throws -> CertificatePair? {
    let files = FileManager.default
    guard files.fileExists(atPath: certificate), files.fileExists(atPath: key) else { return nil }
    return CertificatePair(
      certificate: try String(contentsOfFile: certificate, encoding: .utf8),
      key: try String(contentsOfFile: key, encoding: .utf8))
  }

  /// Makes the pair that the hub will show later, for the names that it has now; one that was made already stays.
  ///
  /// - Throws: `CertificateFault.noneYet`.
  package static func makeNext(beside ledger: String) throws -> CertificatePair {
    let (certificate, key) = (nextCertificatePath(beside: ledger), nextKeyPath(beside: ledger))
    if let next = try read(certificate: certificate, key: key) { return next }
    let path = certificatePath(beside: ledger)
    guard FileManager.default.fileExists(atPath: path) else { throw CertificateFault.noneYet(path) }
    let current = try String(contentsOfFile: path, encoding: .utf8)
    let next = try selfSigned(names: try CertificateSummary(pem: current).names)
    try WholeFile.write(next.key, to: key)
    try WholeFile.write(next.certificate, to: certificate)
    return next
  }

  /// The pair that will be shown after a switch; nil where none was made.
  package static func next(beside ledger: String) throws -> CertificatePair? {
    try read(certificate: nextCertificatePath(beside: ledger), key: nextKeyPath(beside: ledger))
  }

  /// Puts the next pair in the place of the one that is shown; false where none was made.
  package static func switchToNext(beside ledger: String) throws -> Bool {
    let files = FileManager.default
    guard files.fileExists(atPath: nextCertificatePath(beside: ledger)),
      files.fileExists(atPath: nextKeyPath(beside: ledger))
    else { return false }
    try WholeFile.move(nextKeyPath(beside: ledger), to: keyPath(beside: ledger))
    try finishSwitch(beside: ledger)
    return true
  }

  /// Where a switch broke off between its two files, the certificate follows its key.
  private static func finishSwitch(beside ledger: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: nextCertificatePath(beside: ledger)),
      !files.fileExists(atPath: nextKeyPath(beside: ledger))
    else { return }
    try WholeFile.move(nextCertificatePath(beside: ledger), to: certificatePath(beside: ledger))
  }

  package static func nextCertificatePath(beside ledger: String) -> String {
    ledger + "-tls-next-cert.pem"
  }

  private static func nextKeyPath(beside ledger: String) -> String {
    ledger + "-tls-next-key.pem"
  }

  /// Good until ten years from now.
  ///
  /// `isForClients`: shown by a site rather than by a hub.
  package static func selfSigned(
    names: [String], isForClients: Bool = false, now: Date = Date()
  ) throws -> CertificatePair {
    let key = P256.Signing.PrivateKey()
    // Named by its key too: a site looks for what it trusts by name, and would take the last certificate for the next.
    let id = SHA256.hash(data: key.publicKey.rawRepresentation).prefix(8).map { $0 }.hexadecimal
    let subject = try DistinguishedName {
      CommonName(names.first ?? "scorebook hub")
      OrganizationalUnitName(id)
    }
    let certificate = try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PrivateKey(key).publicKey,
      // By every clock: that of a laptop whose battery is empty begins in 1970, and it is this very certificate that is
      // trusted, whenever it was made.
      notValidBefore: Date(timeIntervalSince1970: 0),
      notValidAfter: now.addingTimeInterval(10 * 365.25 * 86_400),
      issuer: subject,
      subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
        try ExtendedKeyUsage([isForClients ? .clientAuth : .serverAuth])
        SubjectAlternativeNames(names.map(GeneralName.init(host:)))
      },
      issuerPrivateKey: Certificate.PrivateKey(key))
    return CertificatePair(
      certificate: try certificate.serializeAsPEM().pemString + "\n",
      key: key.pemRepresentation + "\n")
  }
}

/// Why the hub has no certificate to show.
package enum CertificateFault: Error, Hashable, Sendable {
  /// One of the two files is there and the other is not: another pair would be one that no site trusts.
  case halfPair(kept: String)
  /// The hub has made none yet, from which the next one would take its names.
  case noneYet(String)
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
