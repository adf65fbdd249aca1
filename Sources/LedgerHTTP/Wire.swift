package import FeedbackLedger
import LedgerCore
package import LedgerSchema
import LedgerSync

/// The body of a request or an answer: frames, packed as in a bundle.
package enum Wire {
  package static let contentType = "application/vnd.scorebook.frames"

  package typealias Message = Scorebook_V1_Frame.OneOf_Message

  /// Packs the frames that `body` writes, as this program speaks.
  package static func packed(_ body: (FramePacker) throws -> Void) throws -> [UInt8] {
    try packed(.connections, body)
  }

  /// `version`: of the protocol, in which the other side asks.
  package static func packed(
    _ messages: [Message], version: UInt32 = SyncLimits.protocolVersion
  ) throws -> [UInt8] {
    try packed(.connections(version: version)) { packer in
      for message in messages { try packer.write(message) }
    }
  }

  private static func packed(
    _ elision: Elision, _ body: (FramePacker) throws -> Void
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let packer = try FramePacker(.exchange, elision) { bytes += $0 }
    try body(packer)
    try packer.finish()
    return bytes
  }

  /// - Throws: `SyncRefusal` also when the frames are read, for each that is not what it should be.
  package static func unpacked(_ body: [UInt8]) throws -> FrameUnpacker {
    guard body.count <= SyncLimits.exchangeBytesMax else {
      throw SyncRefusal.tooLarge(
        what: "body", got: body.count, limit: SyncLimits.exchangeBytesMax)
    }
    return try FrameUnpacker(body: body, plainBytesMax: SyncLimits.exchangePlainBytesMax)
  }
}

extension FramePacker {
  package func write(_ message: Scorebook_V1_Frame.OneOf_Message) throws {
    var frame = Scorebook_V1_Frame()
    frame.message = message
    try write(frame)
  }
}

extension FrameUnpacker {
  /// The frame that has to come next, as `pick` reads it.
  ///
  /// - Throws: `SyncRefusal.malformed` for another one.
  package func next<T>(
    _ what: String, _ pick: (Scorebook_V1_Frame.OneOf_Message) -> T?
  ) throws -> T {
    guard let message = try next()?.message, let picked = pick(message) else {
      throw SyncRefusal.malformed("no \(what) where one has to be")
    }
    return picked
  }

  /// - Throws: `SyncRefusal.malformed` when there is more.
  package func end() throws {
    guard try next() == nil else { throw SyncRefusal.malformed("a frame too many") }
  }
}

extension Scorebook_V1_Frame.OneOf_Message {
  package var asHello: Scorebook_V1_Hello? {
    if case .hello(let hello) = self { hello } else { nil }
  }

  package var asWant: Scorebook_V1_Want? {
    if case .want(let want) = self { want } else { nil }
  }

  package var asJoin: Scorebook_V1_Join? {
    if case .join(let join) = self { join } else { nil }
  }

  package var asNonces: Scorebook_V1_Nonces? {
    if case .nonces(let nonces) = self { nonces } else { nil }
  }

  package var asRefusal: Scorebook_V1_Refusal? {
    if case .refusal(let refusal) = self { refusal } else { nil }
  }

  package var asForkAnswer: Scorebook_V1_ForkAnswer? {
    if case .forkAnswer(let answer) = self { answer } else { nil }
  }
}
