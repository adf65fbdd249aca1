package import LedgerCore
package import LedgerSchema

extension Holdings {
  package var digest: Digest256 { Digest256(of: heads.map(\.head)) }

  /// What is said to a peer that has said hello: nothing of the heads where both hold the same, or where the peer has
  /// not stated its own; else all of them, signed where the peer holds less. So two equal ledgers of a hundred logs say
  /// two digests to each other, and a signature travels only with the entries that it proves.
  ///
  /// - Throws: `SyncRefusal` for a stranger or another protocol.
  package func hello(
    answering theirs: Scorebook_V1_Hello
  ) throws(SyncRefusal) -> Scorebook_V1_Hello {
    try theirs.check(ledger: ledger)
    var answer = hello
    guard ProtobufBytes.array(theirs.digest) != digest.bytes, !theirs.heads.isEmpty else {
      answer.heads = []
      return answer
    }
    var sizes: [LogID: UInt64] = [:]
    for head in theirs.heads {
      if let log = LogID(bytes: head.head.log) { sizes[log] = head.head.size }
    }
    answer.heads = heads.map { head in
      let isAhead = head.head.size > sizes[head.head.log] ?? 0
      return isAhead ? head.message : head.unsignedMessage
    }
    return answer
  }

  /// All heads, none of them signed: enough for a peer to tell what to sign and what to ask for.
  package var unsignedHello: Scorebook_V1_Hello {
    var hello = hello
    hello.heads = heads.map(\.unsignedMessage)
    return hello
  }
}

extension PromisedHead {
  fileprivate var unsignedMessage: Scorebook_V1_SignedHead {
    var message = Scorebook_V1_SignedHead()
    message.head.log = ProtobufBytes.data(log.bytes)
    message.head.size = chain.size
    message.head.root = ProtobufBytes.data(chain.root.bytes)
    return message
  }
}

extension Scorebook_V1_Hello {
  /// Whether the sender may be talked to at all.
  func check(ledger: Digest256) throws(SyncRefusal) {
    guard protocolVersion == SyncLimits.protocolVersion else {
      throw .protocolVersion(got: protocolVersion, expected: SyncLimits.protocolVersion)
    }
    guard Digest256(bytes: self.ledger) == ledger else {
      throw .stranger(mine: ledger, theirs: ProtobufBytes.array(self.ledger).hexadecimal)
    }
    guard heads.count <= SyncLimits.logsMax else {
      throw .tooLarge(what: "list of logs", got: heads.count, limit: SyncLimits.logsMax)
    }
  }
}
