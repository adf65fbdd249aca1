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
  /// - Throws: `ArgumentFault` for one file without the other; as ``InputFile/pair(certificate:key:)``.
  func pair() throws -> CertificatePair? {
    switch (clientCert, clientKey) {
    case (nil, nil): return nil
    case (let certificate?, let key?):
      return try InputFile.pair(certificate: certificate, key: key)
    case (_?, nil), (nil, _?):
      throw ArgumentFault.badOption(
        "--client-cert", got: "one of the two files",
        expected: "--client-cert together with --client-key")
    }
  }
}
