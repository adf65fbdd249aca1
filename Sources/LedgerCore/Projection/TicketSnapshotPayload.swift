import LedgerSchema

/// What a snapshot says of a ticket, as payload bytes: a mask of the times that are stated, the times, the number of
/// reopens.
struct TicketSnapshotPayload {
  var opened: Int64?
  var firstReplied: Int64?
  var firstResolved: Int64?
  var lastResolved: Int64?
  var reopens: UInt32
  var isDayOnly: Bool

  init(_ snapshot: Scorebook_V1_TicketSnapshotImported) {
    opened = snapshot.hasOpenedUs ? snapshot.openedUs : nil
    firstReplied = snapshot.hasFirstRepliedUs ? snapshot.firstRepliedUs : nil
    firstResolved = snapshot.hasFirstResolvedUs ? snapshot.firstResolvedUs : nil
    lastResolved = snapshot.hasLastResolvedUs ? snapshot.lastResolvedUs : nil
    reopens = snapshot.reopens
    isDayOnly = snapshot.daysOnly
  }

  init(reading reader: inout ByteReader) {
    let mask = reader.byte()
    opened = mask & 1 != 0 ? reader.signed() : nil
    firstReplied = mask & 2 != 0 ? reader.signed() : nil
    firstResolved = mask & 4 != 0 ? reader.signed() : nil
    lastResolved = mask & 8 != 0 ? reader.signed() : nil
    isDayOnly = mask & 16 != 0
    reopens = UInt32(truncatingIfNeeded: reader.unsigned())
  }

  func append(to bytes: inout [UInt8]) {
    let times = [opened, firstReplied, firstResolved, lastResolved]
    var mask: UInt8 = isDayOnly ? 16 : 0
    for (bit, time) in times.enumerated() where time != nil {
      mask |= 1 << UInt8(bit)
    }
    bytes.append(mask)
    for case let time? in times {
      ByteCoding.append(ByteCoding.zigzag(time), to: &bytes)
    }
    ByteCoding.append(UInt64(reopens), to: &bytes)
  }
}
