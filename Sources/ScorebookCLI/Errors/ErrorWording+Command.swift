import FeedbackLedger
import LedgerCore

extension ErrorWording {
  static func report(_ failure: CommandFailure) -> FailureReport {
    let status: ExitStatus =
      switch failure {
      case .usage, .ledgerNotNamed, .noHub: .usage
      case .noNextCertificate: .missingInput
      case .notAnnounced, .notHeard, .keyOfOther, .clockOfStranger: .refused
      case .cannotRead: .missingInput
      case .notOneFork: .notHeld
      case .cannotWrite, .fileExists: .cannotCreate
      case .cannotPrint, .cannotPrintKey: .inputOutput
      case .notUTF8, .noCertificate, .noPair, .badClock, .tooLarge, .notRecorded, .partlyRefused,
        .damageFound:
        .badData
      }
    return FailureReport(status, sentence(for: failure))
  }

  private static func sentence(for failure: CommandFailure) -> String {
    switch failure {
    case .usage(let message): message.hasSuffix(".") ? message : "\(message)."
    case .ledgerNotNamed:
      "No ledger is named. Say --ledger PATH, or set SCOREBOOK_LEDGER; `scorebook init` makes one."
    case .noHub:
      "No peer is named, and the ledger's invitation named no hub. Say scorebook sync https://HUB, or "
        + "scorebook sync OTHER.ledger."
    case .noNextCertificate:
      "No next certificate lies beside the ledger. Make and announce one: scorebook certify URL --new."
    case .notAnnounced(let url):
      "The next certificate was not announced for \(url), as far as this ledger has heard: no site would "
        + "trust it. At the authority: scorebook certify \(url) --certificate FILE, then sync."
    case .notHeard(let url, let sites):
      "The next certificate was not heard of at \(sites.joined(separator: ", ")) yet, which would trust \(url) no "
        + "more. Wait until they have synced and recorded, or say --force and invite them again."
    case .keyOfOther(let site, let own):
      "This is the ledger of \(own), and only \(site) can give up its own key: run it there. For a key that was "
        + "stolen, at the authority: scorebook revoke \(site)."
    case .notOneFork(let logs) where logs.isEmpty: "No log here is proven to have forked."
    case .notOneFork(let logs):
      "A file holds the proof of one fork, and \(logs.count) logs have forked: name one of "
        + logs.joined(separator: ", ") + "."
    case .cannotRead, .tooLarge, .cannotWrite, .cannotPrint, .cannotPrintKey, .fileExists, .notUTF8,
      .noCertificate, .noPair, .badClock, .clockOfStranger:
      sentence(ofFile: failure)
    case .notRecorded(let outcome): sentence(for: outcome)
    case .partlyRefused(let count, let all, let what, let isDry):
      "\(count) of \(all) \(what) \(isDry ? "would be" : "were") refused, as said above"
        + (isDry ? "; nothing was recorded." : count < all ? "; the others are in." : ".")
    case .damageFound(let count):
      (count == 1 ? "1 thing is not as it should be" : "\(count) things are not as they should be")
        + ", as said above."
    }
  }

  private static func sentence(ofFile failure: CommandFailure) -> String {
    switch failure {
    case .cannotRead(let path): "\(path) cannot be opened for reading. Check the path."
    case .tooLarge(let path, let bytesMax):
      "\(path == "-" ? "Standard input" : path) has more than \(bytesMax) bytes, which is too much for what it "
        + "should hold. Check that it is the right file."
    case .cannotWrite(let path): "\(path) cannot be created. Check its folder and permissions."
    case .cannotPrintKey(let path):
      "Standard output takes nothing, and the recovery key would be lost: \(path) was not made."
    case .fileExists(let path): "There is a file \(path) already; name another one."
    case .notUTF8(let path): "\(path) is not UTF-8 text. Convert it with iconv."
    case .noCertificate(let path): "\(path) holds no certificate in PEM. Check the file."
    case .noPair(let certificate, let key):
      "\(certificate) and \(key) are no certificate with its private key, in PEM. Check both files."
    case .badClock(let path, let problem):
      "\(path) is no clock: \(problem). Expected what `scorebook heads --json` prints."
    case .clockOfStranger(let path, let got, let expected):
      "\(path) holds the heads of another ledger (\(got.prefix(16)), here \(expected.prefix(16))). Ask a site "
        + "of this one: scorebook heads --json."
    case .cannotPrint: "Standard output takes nothing more. What was done is kept."
    default: report(unforeseen: failure).sentence
    }
  }

  static func sentence(for outcome: RecordOutcome) -> String {
    switch outcome {
    case .recorded(let address): "Recorded as \(address)."
    case .duplicate: "It is recorded already: the same source, id and content. Nothing was added."
    case .conflict:
      "The same source and id are recorded with other content. Record a correction instead."
    case .erased: "This customer was erased and is not taken back. Record it without a customer."
    case .refused(let refusal): "The event is refused: \(refusal). Correct it and record it again."
    }
  }
}
