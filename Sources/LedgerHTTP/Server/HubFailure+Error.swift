import FeedbackLedger
import Foundation

extension HubFailure {
  /// What an error of the ledger means to whoever asked.
  package init(_ error: any Error) {
    guard let fault = Self.storeError(error) else {
      // The ledger's own files beside the database say it so.
      let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
      self = isFull ? .diskFull : .unforeseen
      return
    }
    switch fault {
    case .sqlite(let code, _): self = Self.meaning(ofSQLite: code)
    case .locked: self = .locked
    case .missingSetting, .missingEntry, .undecodableEntry, .damagedView, .damaged, .notALedger:
      self = .damaged
    case .missingFile, .fileExists, .newerVersion, .full, .schemaChanged: self = .unforeseen
    }
  }

  /// The low byte is the primary result code (https://sqlite.org/rescode.html).
  private static func meaning(ofSQLite code: Int32) -> HubFailure {
    switch code & 0xFF {
    case 5, 6: .locked  // BUSY, LOCKED
    case 11, 26: .damaged  // CORRUPT, NOTADB
    case 13: .diskFull  // FULL
    default: .unforeseen
    }
  }

  /// For the log of the hub: the type of an error and the name of its case, or its number. Never what is in it: that
  /// may be what somebody sent, or a text of a customer.
  package static func name(of error: any Error) -> String {
    if case .sqlite(let code, _)? = storeError(error) { return "SQLite \(code)" }
    if let error = error as? CocoaError { return "CocoaError \(error.code.rawValue)" }
    let typeName = String(describing: Swift.type(of: error))
    let mirror = Mirror(reflecting: error)
    guard mirror.displayStyle == .enum else { return typeName }
    if let name = mirror.children.first?.label { return "\(typeName).\(name)" }
    // A case without values is its name, unless the type words it otherwise: then it is more than one word.
    let word = String(describing: error)
    return word.allSatisfy { $0.isLetter || $0.isNumber } ? "\(typeName).\(word)" : typeName
  }

  private static func storeError(_ error: any Error) -> StoreError? {
    StoreError(sqlite: error) ?? (error as? StoreError)
  }
}
