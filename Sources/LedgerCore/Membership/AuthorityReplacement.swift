package import LedgerSchema

/// The word of whoever has the recovery key of the genesis: which log decides from here on, and how far the logs count
/// that decided until now.
package struct AuthorityReplacement: Hashable, Sendable {
  package let log: LogID
  /// Of that log, 32 bytes.
  package let publicKey: [UInt8]
  /// The last entry that counts of each log that decided, ascending by log; seq 0: none does.
  package let ended: [Address]

  /// `ended`: in any order.
  package init(log: LogID, publicKey: [UInt8], ended: [Address]) {
    self.log = log
    self.publicKey = publicKey
    self.ended = ended.sorted { $0.log < $1.log }
  }

  /// Nil where a log id or the key has the wrong length, or the logs do not ascend.
  package init?(_ message: Scorebook_V1_AuthorityReplaced) {
    let ends = message.ended.compactMap { end in
      LogID(bytes: end.log).map { Address(log: $0, seq: end.seq) }
    }
    let key = ProtobufBytes.array(message.publicKey)
    guard let log = LogID(bytes: message.log), key.count == 32, ends.count == message.ended.count,
      zip(ends, ends.dropFirst()).allSatisfy({ $0.log < $1.log })
    else { return nil }
    self.init(log: log, publicKey: key, ended: ends)
  }

  /// What the recovery key signs.
  package func payload(ledger: Digest256) -> [UInt8] {
    SigningPayload.replacement(
      ledger: ledger, log: log, logKey: publicKey,
      ended: ended.flatMap { $0.log.bytes + [UInt8](bigEndian: $0.seq) })
  }

  /// Whether the recovery key signed it.
  package func isSigned(
    _ signature: [UInt8], _ ledger: Digest256, by recoveryKey: [UInt8]
  ) -> Bool {
    Signature.isValid(signature, of: payload(ledger: ledger), key: recoveryKey)
  }

  package func message(signature: [UInt8]) -> Scorebook_V1_AuthorityReplaced {
    var message = Scorebook_V1_AuthorityReplaced()
    message.log = ProtobufBytes.data(log.bytes)
    message.publicKey = ProtobufBytes.data(publicKey)
    message.signature = ProtobufBytes.data(signature)
    message.ended = ended.map { end in
      var ended = Scorebook_V1_Address()
      ended.log = ProtobufBytes.data(end.log.bytes)
      ended.seq = end.seq
      return ended
    }
    return message
  }
}
