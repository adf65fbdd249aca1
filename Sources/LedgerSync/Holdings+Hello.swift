package import LedgerCore
package import LedgerSchema

extension Holdings {
  /// What begins a session: digests, and the heads only when it turns out that they differ.
  package var question: Scorebook_V1_Hello {
    var question = liveGreeting
    question.parts = ProtobufBytes.data(HeadPart.digests(of: heads))
    return question
  }

  /// What is said to a peer that has said hello: nothing of the heads where both hold the same, and else those of the
  /// parts that differ; of all logs to a peer that has named no parts. They are signed where the peer says that it
  /// holds less. So two ledgers of a hundred logs, equal but for one, say two digests and a few heads to each other,
  /// and a signature travels only with the entries that it proves.
  ///
  /// `signsUnstated`: signs also what the peer has not stated its own heads of, where that is little and saves a
  ///   question.
  /// - Throws: `SyncRefusal` for a stranger or another protocol.
  package func hello(
    answering theirs: Scorebook_V1_Hello, signsUnstated: Bool = false
  ) throws(SyncRefusal) -> Scorebook_V1_Hello {
    try theirs.check(ledger: ledger)
    var answer = liveGreeting
    guard ProtobufBytes.array(theirs.digest) != digest.bytes else { return answer }
    let sizes = theirs.sizes
    if theirs.parts.isEmpty {
      answer.heads = theirs.heads.isEmpty ? [] : heads.map { message(of: $0, knowing: sizes) }
      return answer
    }
    let digests = HeadPart.digests(of: heads)
    let differing = try HeadPart.differing(digests, ProtobufBytes.array(theirs.parts))
    answer.parts = ProtobufBytes.data(digests)
    let parts = differing.isEmpty ? Set(HeadPart.all) : differing
    let known = theirs.heads.isEmpty && theirs.stated == 0 ? [] : theirs.statedParts
    answer.statedParts = parts
    let stated = heads.filter { parts.contains(HeadPart(of: $0.head.log)) }
    let signsAll = signsUnstated && stated.count <= Self.signedUnaskedMax
    answer.heads = stated.map {
      known.contains(HeadPart(of: $0.head.log))
        ? message(of: $0, knowing: sizes) : signsAll ? $0.message : $0.unsignedMessage
    }
    return answer
  }

  /// About two kilobytes: less than what another request and its answer cost.
  private static let signedUnaskedMax = 8

  /// The peer's answer to ``question`` in which each head of which it holds more came signed: asks on until it is so,
  /// with the heads that it needs to know for that. A peer may take in entries of others between two answers: then it
  /// differs in further parts, and in the end the heads of all parts are stated.
  ///
  /// `ask`: says a hello, and returns the answer.
  package func signedAnswer(
    after first: Scorebook_V1_Hello,
    _ ask: (Scorebook_V1_Hello) throws -> Scorebook_V1_Hello
  ) rethrows -> Scorebook_V1_Hello {
    var answer = first
    var stated: Set<HeadPart> = []
    for round in 1...Self.roundsMax {
      guard ProtobufBytes.array(answer.digest) != digest.bytes,
        lacksSignature(in: answer) || answer.parts.isEmpty && round == 1
      else { return answer }
      stated.formUnion(round < Self.roundsMax ? answer.statedParts : Set(HeadPart.all))
      answer = try ask(question(stating: stated))
    }
    return answer
  }

  private static let roundsMax = 3

  /// Whether the peer holds more of a log and has not signed its head.
  private func lacksSignature(in answer: Scorebook_V1_Hello) -> Bool {
    let held = clock
    return answer.heads.contains { head in
      guard let log = LogID(bytes: head.head.log), head.checkpoint.isEmpty else { return false }
      return head.head.size > held[log]
    }
  }

  private func question(stating parts: Set<HeadPart>) -> Scorebook_V1_Hello {
    var question = question
    question.statedParts = parts
    question.heads = heads.filter { parts.contains(HeadPart(of: $0.head.log)) }
      .map(\.unsignedMessage)
    return question
  }

  /// What goes before entries that are brought to a peer: ``hello(answering:signsUnstated:)`` without the heads that
  /// the peer has just said itself. Of a hundred logs nearly all are the same at both. That of the peer's own log is
  /// always stated: it may have been put back to an older state meanwhile, and has to learn of it before it writes.
  package func hello(
    bringingTo theirs: Scorebook_V1_Hello
  ) throws(SyncRefusal) -> Scorebook_V1_Hello {
    var hello = try hello(answering: theirs)
    // It goes before every piece of what is brought, which may take long.
    hello.wallClockUs = 0
    let said = Set(theirs.heads.map(\.head))
    hello.heads.removeAll { said.contains($0.head) }
    let isSaid = hello.heads.contains { $0.head.log == theirs.log }
    let own = LogID(bytes: theirs.log)
    if !hello.parts.isEmpty, !isSaid, let head = heads.first(where: { $0.log == own }) {
      hello.statedParts.insert(HeadPart(of: head.log))
      hello.heads.append(head.unsignedMessage)
    }
    return hello
  }

  /// The other half: puts back the heads that are held here and that the peer, bringing entries, has left out.
  ///
  /// A log that it does not hold at all it cannot name, and of what others have brought here since it asked it does not
  /// know: of such a log it is believed to hold as much as is held here, and has to ask once more.
  package func completed(_ theirs: Scorebook_V1_Hello) -> Scorebook_V1_Hello {
    let saysDigestAlone = theirs.parts.isEmpty && theirs.heads.isEmpty
    guard theirs.protocolVersion >= 2, !saysDigestAlone else { return theirs }
    var hello = theirs
    let named = Set(theirs.heads.compactMap { LogID(bytes: $0.head.log) })
    let stated = theirs.statedParts
    let leftOut = heads.filter { stated.contains(HeadPart(of: $0.log)) && !named.contains($0.log) }
    hello.heads += leftOut.map(\.unsignedMessage)
    return hello
  }

  private func message(
    of head: PromisedHead, knowing sizes: [LogID: UInt64]
  ) -> Scorebook_V1_SignedHead {
    head.head.size > sizes[head.head.log] ?? 0 ? head.message : head.unsignedMessage
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
  /// How much of each log the sender has stated.
  fileprivate var sizes: [LogID: UInt64] {
    heads.reduce(into: [:]) { sizes, head in
      if let log = LogID(bytes: head.head.log) { sizes[log] = head.head.size }
    }
  }

  /// The sender's; nil where it tells none.
  package var wallClock: Instant? { wallClockUs == 0 ? nil : Instant(microseconds: wallClockUs) }

  /// Whether the sender may be talked to at all.
  func check(ledger: Digest256) throws(SyncRefusal) {
    try checkVersion()
    guard Digest256(bytes: self.ledger) == ledger else {
      throw .stranger(mine: ledger, theirs: ProtobufBytes.array(self.ledger).hexadecimal)
    }
    guard heads.count <= SyncLimits.logsMax else {
      throw .tooMany(what: "logs", got: heads.count, limit: SyncLimits.logsMax)
    }
  }

  /// Whether what follows can be understood.
  package func checkVersion() throws(SyncRefusal) {
    guard SyncLimits.protocolVersions.contains(protocolVersion) else {
      throw .protocolVersion(got: protocolVersion, expected: SyncLimits.protocolVersion)
    }
  }
}
