import LedgerSchema

/// Gives the items that a fork's tail opened ids of their own, where another tail keeps those of the addresses.
///
/// Two branches open different items at one address, and both may be repeated: with one id they would fold into one
/// item, and an answer would be lost. The tail whose first entry has the smaller leaf hash keeps the ids, so that every
/// site decides alike; the others' ids follow from the branch and the address.
struct ItemRenamer {
  private let log: LogID
  private let commonSeq: UInt64
  /// Nil: the ids stay.
  private let branch: Digest256?

  init(_ message: Scorebook_V1_ForkTailRepeated, log: LogID) {
    self.log = log
    commonSeq = message.commonSeq
    branch = Digest256(bytes: message.branch)
  }

  /// The id, unless it follows from an address of the tail.
  func item(_ id: ItemID) -> ItemID {
    guard let branch, id.high == log.high else { return id }
    let seq = id.low &- log.low
    guard seq > commonSeq, seq <= UInt64(UInt32.max) else { return id }
    let hash = Digest256(hashing: Array("scorebook fork item v1\n".utf8) + branch.bytes + id.bytes)
    return ItemID(bytes: hash.bytes.prefix(ItemID.byteCount)) ?? id
  }

  /// The same for an id as a message holds it; what is none stays as it is.
  func data<Bytes: Collection<UInt8> & RangeReplaceableCollection>(_ bytes: Bytes) -> Bytes {
    ItemID(bytes: bytes).map { Bytes(item($0).bytes) } ?? bytes
  }
}
