import FeedbackLedger
import LedgerCore

extension ErrorWording {
  static func report(_ refusal: DefinitionRefusal, path: String?) -> FailureReport {
    FailureReport(
      .badData,
      "\(path ?? "The text") is no definition: \(refusal). `scorebook metrics nps` prints one.")
  }

  static func report(_ error: DefinitionError) -> FailureReport {
    switch error {
    case .builtIn(let id):
      FailureReport(
        .refused,
        "\(id) is built in, and every published number of that name means the same; give the "
          + "definition an id of its own, such as \(id).own.")
    case .versionTaken(let id, let version, let last):
      FailureReport(
        .refused,
        "\(id) has version \(last) already, with another meaning; got version \(version). State "
          + "version: \(last + 1) in the file.")
    case .unreadable(let id, let refusal):
      FailureReport(
        .badData,
        "The definition of \(id) in the ledger cannot be read here: \(refusal). A newer scorebook "
          + "may know it: upgrade, or publish a higher version.")
    }
  }
}
