/// The kinds that a fold reads, as one byte of a projected event. The numbers are stored in the projection: change
/// them only together with the derived version.
package enum RowKind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  /// Of a kind this version knows but does not fold.
  case notFolded = 0
  /// Of a kind this version does not know.
  case unknown = 1
  /// Read by the context, not by a subject's fold.
  case context = 2

  case invitationSent = 10
  case invitationDelivered = 11
  case invitationBounced = 12
  case responseSubmitted = 13
  case responseCompleted = 14
  case responseCorrected = 15
  case responseRetracted = 16
  case responseReinstated = 17
  case responseReattributed = 18

  case ticketOpened = 30
  /// A public reply of a human agent; other replies are not folded.
  case ticketReplied = 31
  case ticketResolved = 32
  case ticketReopened = 33
  case ticketClosed = 34
  case ticketStatusChanged = 35
  case ticketSnapshot = 36
  case ticketMerged = 37

  case pointsEarned = 50
  case pointsRedeemed = 51
  case pointsExpired = 52
  case pointsReversed = 53
  case pointsAdjusted = 54

  /// Whether a subject's fold reads it at all.
  package var isFolded: Bool { rawValue >= 10 }
}

/// An event as the fold reads it: fixed size, no reference, everything else a number into the `Vocabulary` or a
/// range of payload bytes. Ten million of these must be read in a fraction of a second.
package struct EventRow: BitwiseCopyable, Sendable {
  /// Local arrival order, from 1.
  package var position: UInt32
  /// The subject: the position of the first event that named the item here.
  package var item: UInt32
  /// The number of the log in this ledger.
  package var log: UInt32
  package var seq: UInt32
  package var stamp: Int64
  /// The site's wall clock, raw; microseconds since 1970 UTC.
  package var recorded: Int64
  /// Microseconds since 1970 UTC; for a day-precise claim midnight UTC of that day; `unknownTime` when unknown.
  package var occurred: Int64
  package var customer: CustomerID
  package var labels: UInt32
  /// The import batch that brought it; 0 = none.
  package var batch: UInt32
  /// The local day in the ledger's zone; `unknownDay` when unknown.
  package var day: Int32
  package var payloadOffset: UInt32
  package var payloadCount: UInt32
  package var kind: RowKind
  package var flags: Flags

  package static let unknownTime = Int64.min
  package static let unknownDay = Int32.min

  package struct Flags: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Test, staff, duplicate, spam or excluded by the source: never scored.
    package static let excluded = Flags(rawValue: 1)
    /// A partial response.
    package static let partial = Flags(rawValue: 2)
    /// The occurred time is a calendar day.
    package static let dayOnly = Flags(rawValue: 4)
    /// The event names its item; else it opens the one that follows from its address.
    package static let namesItem = Flags(rawValue: 8)
    /// A retraction that an erasure made: no reinstatement undoes it.
    package static let erasure = Flags(rawValue: 16)
  }
}

extension EventRow {
  package static let none = EventRow(
    position: 0, item: 0, log: 0, seq: 0, stamp: 0, recorded: 0, occurred: unknownTime,
    customer: CustomerID(high: 0, low: 0), labels: 0, batch: 0, day: unknownDay, payloadOffset: 0,
    payloadCount: 0, kind: .notFolded, flags: [])

  package var payloadRange: Range<Int> {
    Int(payloadOffset)..<Int(payloadOffset) + Int(payloadCount)
  }
}
