package import LedgerSchema

/// What an event says of the texts that travel beside it: whose they are, and what each must hash to.
package struct TextCommitments: Sendable {
  /// Nil for texts of nobody in particular.
  package let customer: CustomerID?
  /// By ordinal; nil where the event has no digest, which no text matches.
  private let digests: [Digest256?]

  package init(_ event: Scorebook_V1_Event) {
    customer = CustomerID(bytes: event.customer)
    digests = event.detached.map { Digest256(bytes: $0.commitment) }
  }

  /// Of an event without texts.
  package var isEmpty: Bool { digests.isEmpty }
  package var ordinals: Range<Int> { digests.indices }

  /// Whether a text is the one that the event commits to.
  package func match(ordinal: Int, salt: [UInt8], encoding: UInt8, bytes: [UInt8]) -> Bool {
    digests.indices.contains(ordinal)
      && digests[ordinal] == Self.digest(salt: salt, encoding: encoding, bytes: bytes)
  }

  /// SHA-256(salt ‖ encoding ‖ bytes), encoding 0 = plain.
  package static func digest(salt: [UInt8], encoding: UInt8 = 0, bytes: [UInt8]) -> Digest256 {
    Digest256(hashing: salt + [encoding] + bytes)
  }
}
