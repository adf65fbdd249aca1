import LedgerCore

/// What is missing from an event, or wrong with it, before the ledger has seen it.
enum DraftFault: Error {
  case unknownKind(String, suggestions: [String])
  case kindIsInternal(EventKind)
  case subjectMissing(EventKind)
  case badSubject(String)
  case answersMissing(EventKind)
  case badAnswer(String)
  case pointsMissing(EventKind)
  case reasonNotTaken(EventKind)
  case badData(String)
  case badCustomer(String)
}
