import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// An entry as it came: validated, encoded again, projected, and written as a CloudEvents line.
enum EventTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let event = try? Scorebook_V1_Event(serializedBytes: bytes) else { return }
    try checkEncoding(of: event)
    let longest = EventValidation.longestString(of: event, entryBytes: bytes.count)
    let isValid =
      longest <= EventLimits.stringBytesMax && (try? EventValidation.validate(event)) != nil
    let isSound = EventValidation.isSound(event, entryBytes: bytes.count)
    try law("what may be recorded may be received") { !isValid || isSound }
    let projector = Projector(zone: Stage.zone)
    var vocabulary = Vocabulary()
    var payload: [UInt8] = []
    for seq in [1, UInt64(UInt32.max), .max] {
      let place = Projector.Place(
        address: Address(log: Stage.log, seq: seq), logNumber: 0, stamp: event.recordedUs)
      _ = projector.project(event, site: "site")
        .row(at: place, vocabulary: &vocabulary, payload: &payload)
    }
    try checkLine(of: event.meaning)
  }

  private static func checkEncoding(of event: Scorebook_V1_Event) throws {
    let encoded = try event.entryBytes()
    try law("an entry has the bytes that the library gives it") {
      let expected: [UInt8] = try event.serializedBytes()
      return encoded == expected
    }
    try law("an entry that is encoded reads as the event it was") {
      try Scorebook_V1_Event(serializedBytes: encoded) == event
    }
  }

  private static func checkLine(of event: Scorebook_V1_Event) throws {
    let address = Address(log: Stage.log, seq: 7)
    guard let body = event.body,
      let line = try? ExportedEvent(event, at: address, site: "site").cloudEventLine()
    else { return }
    try law("a line is one line of JSON") {
      guard !line.utf8.contains(UInt8(ascii: "\n")) else { return false }
      return try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any]
    }
    guard case .draft(let read)? = try? CloudEventLine(line.utf8) else { return }
    try law("a line says the body of its event") {
      try CloudEventBody.json(read.draft.body) == CloudEventBody.json(body)
    }
  }
}
