import FeedbackLedger
import LedgerCore

/// The text of a definition.
enum DefinitionTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self),
      let definition = try? MetricDefinition(text: text)
    else { return }
    let published = definition.description
    try law("a definition that is published reads as it was") {
      try MetricDefinition(text: published) == definition
    }
    try law("one definition has one text") {
      try MetricDefinition(text: published).description == published
    }
  }
}
