import FeedbackLedger
import LedgerCore
import LedgerHTTP

extension ErrorWording {
  static func report(_ error: HubError) -> FailureReport {
    let status: ExitStatus =
      switch error {
      case .badURL: .usage
      case .unreachable, .busy, .strange, .wentOn, .failed: .locked
      case .untrusted, .outOfDate, .plain, .wantsCertificate, .unauthorized, .revoked, .pending,
        .misdirected:
        .noPermission
      case .refused(let refusal): report(refusal, path: nil).status
      }
    return FailureReport(status, sentence(for: error))
  }

  /// Also a line beside a session that is tried again.
  static func sentence(for error: HubError) -> String {
    switch error {
    case .badURL(let url):
      "\"\(url)\" is no URL of a hub; expected such as https://hub.example:8443. Plain http goes to "
        + "this machine only, unless --insecure-http is given."
    case .unreachable(let place, let reason):
      "The hub \(place) cannot be reached (\(reason)). What came before is kept."
    case .untrusted(let place):
      "The certificate of \(place) is not the one that is trusted, or names another host. "
        + "Ask the hub for its certificate (--certificate FILE) or for a new invitation."
    case .outOfDate(let place, let validity, let now):
      "The certificate of \(place) is good from \(DayText.of(validity.lowerBound)) until "
        + "\(DayText.of(validity.upperBound)), and it is \(DayText.of(now)) by the clock of this machine. Set the "
        + "clock; or ask the hub for its next certificate (--certificate FILE)."
    case .plain(let place):
      "What answers at \(place) speaks no TLS. If it is the hub, its URL begins with http://, which to "
        + "another machine needs --insecure-http."
    case .wantsCertificate(let place):
      "The hub \(place) hears only sites that show a certificate which it trusts; it was shown none, or "
        + "another. Show this site's (PEM): --client-cert FILE --client-key FILE."
    case .busy(let seconds): "The hub has too much to do; it asks to come back in \(seconds) s."
    case .misdirected(let place):
      "The hub that answers at \(place) does not know itself under that name: perhaps another one hands requests on "
        + "to it. Sync with the hub by its own address, or serve it with this one as well (--name HOST)."
    case .unauthorized(let why):
      "The hub does not believe this ledger's signature (\(why)). Is the hub of this ledger?"
    case .revoked(let log): "The hub answers log \(log) no more: it was revoked."
    case .pending(let log):
      "The hub gives log \(log) nothing before it is approved (scorebook sites --pending there)."
    case .wentOn(let log):
      "The ledger went on in a new log while this session spoke for log \(log). Sync again."
    case .refused(let refusal): "The hub refuses it: \(sentence(for: refusal))"
    case .failed(let failure, let place, let seconds):
      sentence(for: failure, at: place, askingFor: seconds)
    case .strange(status: 404):
      "What answers there is no hub, or one that is older than this program: upgrade the hub first (HTTP 404)."
    case .strange(let status): "What answers there is no hub in order (HTTP \(status))."
    }
  }

  /// For whoever sits at the branch: nothing there is wrong, and somebody else has to be told.
  private static func sentence(
    for failure: HubFailure, at place: String, askingFor seconds: Int
  ) -> String {
    switch failure {
    case .diskFull:
      "The disk of the hub \(place) is full, so it takes nothing in. Nothing is lost: all is kept here and "
        + "sent again. Tell head office to make room there."
    case .locked:
      "Another program keeps the ledger of the hub \(place) locked; it asks to come back in \(seconds) s. Nothing "
        + "is lost. If it stays so, tell head office."
    case .damaged:
      "The hub \(place) finds its own ledger damaged. Nothing is lost here. Tell head office to run scorebook "
        + "verify there."
    case .unforeseen:
      "The hub \(place) failed at something that it did not foresee. Nothing is lost here. Sync again later; if "
        + "it stays so, tell head office, whose hub names the fault in its log."
    }
  }

  static func report(_ refusal: ListenRefusal) -> FailureReport {
    switch refusal {
    case .inUse(let address):
      FailureReport(
        .locked, "Another program listens at \(address) already. Stop it, or name another --listen."
      )
    case .elsewhere(let address):
      FailureReport(
        .usage,
        "\(address) is no address of this machine. Name one that is: --listen, such as :8443.")
    case .notAllowed(let address):
      FailureReport(
        .noPermission,
        "This user may not listen at \(address). Name a port above 1023: --listen, such as :8443.")
    case .unknownHost(let host):
      FailureReport(
        .usage, "\(host) is the name of no machine known here. Name an address with --listen.")
    }
  }

  static func report(_ fault: CertificateFault) -> FailureReport {
    switch fault {
    case .halfPair(let kept):
      FailureReport(
        .missingInput,
        "\(kept) is there, and the other file of the pair is not. Put it back from a backup: sites trust "
          + "that certificate. To begin with another one, which none of them trusts, move this file away."
      )
    case .noneYet(let path):
      FailureReport(
        .missingInput,
        "There is no certificate \(path) yet: start scorebook serve once, which makes it.")
    }
  }
}
