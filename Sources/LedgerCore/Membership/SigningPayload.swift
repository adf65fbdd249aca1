/// The exact bytes that are signed when somebody joins or goes on. Each begins with a sentence of its own, so that a
/// signature for one purpose is none for another, and every part has a fixed length or is length-prefixed.
package enum SigningPayload {
  /// By the authority: "the holder of this key may start one log as this site in this ledger."
  package static func invitation(
    ledger: Digest256, id: ItemID, site: String, invitationKey: [UInt8]
  ) -> [UInt8] {
    Array("scorebook invitation v1\n".utf8) + ledger.bytes + id.bytes + prefixed(invitationKey)
      + prefixed(Array(site.utf8))
  }

  /// By the invitation's key: "this log, with this key, is the one it was meant for."
  package static func acceptance(ledger: Digest256, id: ItemID, log: LogID, logKey: [UInt8])
    -> [UInt8]
  {
    Array("scorebook acceptance v1\n".utf8) + ledger.bytes + id.bytes + log.bytes + prefixed(logKey)
  }

  /// By the predecessor's key: "this log goes on where I stopped."
  package static func succession(
    ledger: Digest256, predecessor: LogID, log: LogID, logKey: [UInt8]
  ) -> [UInt8] {
    Array("scorebook succession v1\n".utf8) + ledger.bytes + predecessor.bytes + log.bytes
      + prefixed(logKey)
  }

  /// By the recovery key: "this log is the authority now, and those before it count so far."
  ///
  /// `ended`: log and last seq of each, 24 bytes.
  package static func replacement(
    ledger: Digest256, log: LogID, logKey: [UInt8], ended: [UInt8]
  ) -> [UInt8] {
    Array("scorebook authority v1\n".utf8) + ledger.bytes + log.bytes + prefixed(logKey)
      + prefixed(ended)
  }

  /// By the old key: "this key vouches for the log from this seq on."
  package static func rotation(log: LogID, fromSeq: UInt64, newKey: [UInt8]) -> [UInt8] {
    Array("scorebook rotation v1\n".utf8) + log.bytes + [UInt8](bigEndian: fromSeq)
      + prefixed(newKey)
  }

  /// By the log's key: "requests that this key signs are mine."
  package static func requests(ledger: Digest256, log: LogID, requestKey: [UInt8]) -> [UInt8] {
    Array("scorebook requests v1\n".utf8) + ledger.bytes + log.bytes + prefixed(requestKey)
  }

  /// By the log's key: "it is this log that answers that one, in this session."
  package static func presence(
    ledger: Digest256, log: LogID, asker: LogID, challenge: [UInt8]
  ) -> [UInt8] {
    Array("scorebook presence v1\n".utf8) + ledger.bytes + log.bytes + asker.bytes
      + prefixed(challenge)
  }

  private static func prefixed(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](bigEndian: UInt64(bytes.count)) + bytes
  }
}
