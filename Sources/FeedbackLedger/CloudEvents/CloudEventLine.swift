import Foundation
public import LedgerCore
package import LedgerSchema

/// One line of a CloudEvents 1.0 stream (JSON, structured mode), read.
///
/// Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
public enum CloudEventLine: Sendable {
  /// To be recorded.
  case draft(CloudEventDraft)
  /// True of the ledger that wrote it alone; to be counted and skipped.
  case ledgerInternal(EventKind)
  /// Held by the ledger that wrote it, but counted nowhere there: voided with its batch, or pending. To be counted
  /// and skipped, or else the same lines would give other scores here.
  case uncounted(EventKind)

  /// Reads the bytes of one line, with or without its line break. O(bytes).
  ///
  /// - Throws: `CloudEventRefusal`, without the line's number.
  public init(_ line: some Collection<UInt8>) throws(CloudEventRefusal) {
    let object = try JSONObject(line: (line as? Data) ?? Data(line))
    let envelope = try CloudEventEnvelope(object)
    if envelope.kind.isLedgerInternal {
      self = .ledgerInternal(envelope.kind)
    } else if !envelope.isCounted {
      self = .uncounted(envelope.kind)
    } else {
      self = .draft(try CloudEventDraft(envelope, try CloudEventData(object, kind: envelope.kind)))
    }
  }
}

/// What a line asks the ledger to record.
public struct CloudEventDraft: Sendable {
  /// What happened.
  public let kind: EventKind
  /// The event, its idempotency key being the line's `source` and `id`.
  public var draft: EventDraft
  /// Where the ledger that wrote the line had it from; its key is already a pseudonym.
  package let origin: Scorebook_V1_Origin?
  /// The events it answers, in the addresses of the ledger that wrote the line.
  package let causes: [Address]
}
