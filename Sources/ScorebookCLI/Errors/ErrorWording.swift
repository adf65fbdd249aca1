import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP

/// A failure as the user sees it: one sentence, and the number that the program ends with.
struct FailureReport {
  let sentence: String
  let status: ExitStatus

  init(_ status: ExitStatus, _ sentence: String) {
    self.sentence = sentence
    self.status = status
  }
}

/// A failure of one file, with the name that the user knows it by.
struct FileFailure: Error {
  let path: String
  let cause: any Error
}

extension FileFailure {
  /// Of a command that works on a file and on a ledger at once: what the store or SQLite says is of the ledger, all
  /// else of the file. A disk that is full under the ledger is no fault of the file.
  init(_ error: any Error, file: String, ledger: String) {
    let isOfLedger = error is StoreError || StoreError(sqlite: error) != nil
    self.init(path: isOfLedger ? ledger : file, cause: error)
  }
}

/// The place where errors become English: what was got, what was expected, where, and what to do. What needs more than
/// a sentence or two is in the files beside this one, by the part of the program that throws it.
enum ErrorWording {
  static func report(of error: any Error) -> FailureReport {
    switch error {
    case let failure as FileFailure: report(of: failure.cause, path: failure.path)
    default: report(of: error, path: nil)
    }
  }

  private static func report(of error: any Error, path: String?) -> FailureReport {
    switch error {
    case let failure as CommandFailure: report(failure)
    case let fault as ArgumentFault: FailureReport(.usage, sentence(for: fault))
    case let fault as DraftFault: FailureReport(.usage, sentence(for: fault))
    case let error as LedgerError: report(error)
    case let error as StoreError: report(error, path: path)
    case let refusal as SyncRefusal: report(refusal, path: path)
    case let refusal as EvidenceRefusal: report(refusal, path: path)
    case let error as HubError: report(error)
    case let refusal as ListenRefusal: report(refusal)
    case let fault as CertificateFault: report(fault)
    case let refusal as EventRefusal:
      FailureReport(.badData, "The event is refused: \(refusal). Correct it and record it again.")
    case let refusal as DefinitionRefusal: report(refusal, path: path)
    case let error as DefinitionError: report(error)
    case let refusal as ImportRefusal: report(refusal)
    case let refusal as CloudEventRefusal: FailureReport(.badData, refusal.description)
    case let error as CocoaError: report(error, path: path)
    default: report(ofSystem: error, path: path)
    }
  }

  private static func report(_ refusal: ImportRefusal) -> FailureReport {
    if case .file(.unreadable) = refusal {
      return FailureReport(.missingInput, refusal.description)
    }
    return FailureReport(.badData, refusal.description)
  }

  /// Of SQLite, or of a system call.
  private static func report(ofSystem error: any Error, path: String?) -> FailureReport {
    if let error = StoreError(sqlite: error) { return report(error, path: path) }
    let system = error as NSError
    guard system.domain == NSPOSIXErrorDomain else { return report(unforeseen: error) }
    let reason = String(cString: strerror(Int32(system.code)))
    return FailureReport(
      .inputOutput, "Reading or writing \(path ?? "a file") failed: \(reason). Try again.")
  }

  /// An error that nobody has written a sentence for. What it carries stays out: it may be what a customer wrote.
  static func report(unforeseen error: any Error) -> FailureReport {
    let error = error as NSError
    return FailureReport(
      .internalFault,
      "Something unforeseen went wrong (\(error.domain) \(error.code)); nothing was recorded. "
        + "Run `scorebook verify`, and report this.")
  }
}
