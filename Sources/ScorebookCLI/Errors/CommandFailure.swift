import FeedbackLedger

/// What is wrong with a command as it was given, or with what it was given to read. Facts; ``ErrorWording`` words them.
enum CommandFailure: Error {
  /// What the parser of arguments says of them.
  case usage(String)
  case ledgerNotNamed
  /// No peer is named, and the ledger's invitation named no hub.
  case noHub
  /// The certificate that a switch would put in place was not made.
  case noNextCertificate
  /// It was made, and nobody has been told to trust it.
  case notAnnounced(url: String)
  /// It was announced, and these sites have not said that they heard of it.
  case notHeard(url: String, sites: [String])
  /// Only a site itself can give up its key.
  case keyOfOther(site: String, own: String)
  /// A file holds the proof of one fork; these logs have one each.
  case notOneFork([String])
  case cannotRead(path: String)
  /// It has more bytes than what it should hold may have.
  case tooLarge(path: String, bytesMax: Int)
  case cannotWrite(path: String)
  /// Nobody reads what is printed any more, or it goes to a disk that is full.
  case cannotPrint
  /// The same of a recovery key: the ledger was not made.
  case cannotPrintKey(path: String)
  case fileExists(path: String)
  case notUTF8(path: String)
  /// Of a file that should hold a certificate in PEM.
  case noCertificate(path: String)
  /// A certificate and a key that cannot be shown together.
  case noPair(certificate: String, key: String)
  case badClock(path: String, problem: String)
  /// Heads of another ledger.
  case clockOfStranger(path: String, got: String, expected: String)
  /// What the ledger said to an event; never `.recorded`.
  case notRecorded(RecordOutcome)
  /// Some lines of a stream, or rows of a file, were refused; the others are in, unless they were only looked at.
  case partlyRefused(Int, of: Int, what: String, isDry: Bool)
  /// Said already, line by line.
  case damageFound(Int)
}
