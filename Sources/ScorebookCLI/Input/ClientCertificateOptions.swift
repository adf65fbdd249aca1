import ArgumentParser
import LedgerCore
import LedgerHTTP

/// What this site shows to a hub that asks for it (`serve --client-ca`).
struct ClientCertificateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Shown to a hub that asks for one, PEM.", valueName: "file"))
  var clientCert: String?

  @Option(help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
  var clientKey: String?

  /// Nil where none is shown.
  ///
  /// - Throws: `ArgumentFault` for one file without the other; `CommandFailure.noPair` for two that do not belong
  ///   together; as ``InputFile/certificate(_:)``.
  func pair() throws -> HubConnection.ClientCertificate? {
    switch (clientCert, clientKey) {
    case (nil, nil): return nil
    case (let certificate?, let key?):
      let pair = HubConnection.ClientCertificate(
        certificate: try InputFile.certificate(certificate),
        key: try InputFile.text(key, bytesMax: HandoverLimits.certificateBytesMax))
      guard pair.isWhole else {
        throw CommandFailure.noPair(certificate: certificate, key: key)
      }
      return pair
    case (_?, nil), (nil, _?):
      throw ArgumentFault.badOption(
        "--client-cert", got: "one of the two files",
        expected: "--client-cert together with --client-key")
    }
  }
}
