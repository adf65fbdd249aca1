// Every bound on bytes that come from elsewhere (peers, files, people), in one place. What goes beyond one is refused
// with its size and the limit, never cut, and nothing of it is kept.

/// Of one event, whoever recorded it.
public enum EventLimits {
  /// Bytes of an event: a larger one is refused before it is recorded or merged.
  public static let entryBytesMax = 256 << 10
  /// Bytes of an event that is recorded here: it leaves room for being repeated inside another one.
  public static let recordedBytesMax = entryBytesMax - 1_024
  /// UTF-8 bytes of any one string: label, text, name.
  public static let stringBytesMax = 64 << 10
  /// Labels of one event.
  public static let labelsMax = 64
  /// Answers of one response.
  public static let answersMax = 1_024
}

/// Of what a peer says: over a connection, in a bundle, in a folder.
public enum SyncLimits {
  /// What is spoken here. Version 2 leaves out on the way what the other side can compute; version 3 sends what entries
  /// say first field by field.
  public static let protocolVersion: UInt32 = 3
  /// What is understood: bundles and folders outlive the programs that wrote them, and a hub answers each site in the
  /// version in which it asks.
  package static let protocolVersions: ClosedRange<UInt32> = 1...protocolVersion
  /// Bytes of one frame, before compression.
  public static let frameBytesMax = 1 << 20
  /// Bytes that a batch is filled to: the rest of its frame is for proofs, and for the last entry.
  package static let batchBytesMax = frameBytesMax * 3 / 4
  /// Events of one batch; a batch is one transaction at the receiver.
  public static let batchEventsMax = 4_096
  /// Bytes of a bundle file; a larger transfer is several numbered files.
  public static let bundleBytesMax = 256 << 20
  /// Bytes of one request or answer, as it travels; a longer exchange is several of them.
  public static let exchangeBytesMax = 8 << 20
  /// The same, unpacked.
  public static let exchangePlainBytesMax = 64 << 20
  /// Uncompressed to compressed bytes; honest bundles stay below 20, and one that would not is padded to
  /// ``writtenRatioMax``.
  public static let compressionRatioMax = 50
  /// The same, of what is written here.
  package static let writtenRatioMax = 40
  /// Bytes beside what came that the ratio allows for: that of a short stream says nothing.
  package static let compressionSlackBytes = 4_096
  /// The writer's memory that is followed in unpacking, as a power of two: of a bundle, and of a request or answer.
  package static let bundleWindowLogMax: Int32 = 27
  package static let exchangeWindowLogMax: Int32 = 20
  /// Logs of one ledger.
  public static let logsMax = 100_000
  /// Texts asked for in one session.
  public static let missingTextsMax = 4_096
  /// Random bytes that a peer is asked to sign.
  package static let challengeBytes = 16
  /// Logs that a site may have begun, each going on from the one before it, since a hub last heard of it.
  package static let predecessorsMax = 32
  /// Steps of one chain of heads. Each relay that hands on a part of its part adds one; who gets more of the log starts
  /// anew.
  package static let chainStepsMax = 32
  /// Nodes of one proof: a tree of 2^64 leaves needs 64 on each side.
  public static let proofNodesMax = 130
  /// Heads of one question about where two branches part.
  public static let forkHeadsMax = 64
  /// Such questions of one push: more than any search needs. A hub that asks on is not answered.
  package static let forkQuestionsMax = 4_096
  /// Bytes that are kept of what was refused: of the logs that came in by one invitation, and of all that may not
  /// enter. What a hostile peer sends beyond that is refused without a copy.
  package static let quarantineBytesMax: Int64 = 64 << 20
  /// Bytes of entries that count nothing, of the logs that came in by one invitation: where so many are held, no more
  /// are taken before somebody decides. A site's first bundle has room.
  package static let pendingBytesMax: Int64 = 256 << 20
  /// What a log that counts nothing is in this sum by itself: it costs every later decision time, so that 64 of one
  /// invitation are the most.
  package static let pendingLogBytes = pendingBytesMax / 64
}

/// Of a signed note. C2SP asks verifiers for a limit and for no fewer than 16 signatures.
public enum NoteLimits {
  /// Text and signatures together.
  public static let noteBytesMax = 16 * 1_024
  /// Signature lines of one note.
  public static let signaturesMax = 16
}

/// Of what people carry from one site to another by hand.
public enum HandoverLimits {
  /// Bytes of an invitation, as a file or as a code.
  public static let invitationBytesMax = 16 << 10
  /// Bytes of a file of evidence.
  public static let evidenceBytesMax = 4 << 20
  /// Bytes of a file with a recovery key.
  public static let recoveryKeyBytesMax = 4 << 10
  /// Bytes of a file with the heads of a ledger, as JSON: some 200 for each of its logs.
  public static let headsBytesMax = 32 << 20
  /// Bytes of a file with certificates, or with a private key.
  public static let certificateBytesMax = 1 << 20
}

/// Of one connection to a hub: what it may cost. What may be said over it are `SyncLimits`.
package struct HubLimits: Sendable {
  /// Connections at a time; more of them wait in the system's queue.
  package var connectionsMax = 1_024
  /// Fields of one request's head, and bytes of all of them.
  package var headerFieldsMax = 64
  package var headerBytesMax = 16 << 10
  /// Heads, pieces of bodies and ends of requests that one read of a connection may bring. A client of this hub sends
  /// one request after the other; a body comes in a piece a read.
  package var partsPerReadMax = 100
  /// Seconds without a whole head, after which a connection is closed.
  package var idleSeconds: Int64 = 15
  /// Seconds for a body of any size; together with the line's rate they are the deadline of a body.
  package var bodyGraceSeconds: Int64 = 5
  /// Seconds for an answer of any size; together with the line's rate they are the deadline of an answer.
  package var answerGraceSeconds: Int64 = 15
  /// Seconds in which a client has to fetch some of what waits for it. The slowest line needs fewer for what the system
  /// holds.
  package var stallSeconds: Int64 = 60
  /// Seconds that a refusal has to reach who sends on without waiting for it.
  package var refusalSeconds: Int64 = 5
  /// Reads of a refused client's connection, of at most 256 KiB each, until it has closed.
  package var readsAfterRefusalMax = 4
  /// Bytes of an answer that are handed on in one piece, and as how many of them wait no more are handed on. With the
  /// last piece the connection begins to count as idle: on the slowest line both must have left before it is closed.
  package var answerStepBytes = 16 << 10
  package var waitingBytesMax = 32 << 10
  /// Those that the system takes before they can be sent; it sends them also when the connection is closed.
  package var unsentBytesMax = 128 << 10
  /// Bytes a second of the slowest line that is served, in both directions: 32 kbit/s.
  package var bytesPerSecondMin: Int64 = 4 << 10
  /// Bytes of a body by somebody whom the hub does not know yet.
  package var strangerBytesMax = 16 << 10
  /// Bytes of all bodies that are read or in work, together with the answers that wait to be fetched, and of those that
  /// are one member's, or those of all others together. The latter has room for the largest body, which would never be
  /// taken else. Bodies up to the size of a stranger's are not counted.
  package var bodyBytesMax = 64 << 20
  package var bodyBytesPerLogMax = 16 << 20
  /// Requests in work at a time, and how many wait for their turn; further ones are sent away for a moment.
  package var requestsInWorkMax = 4
  package var requestsWaitingMax = 1_024
  package var retryAfterSeconds = 2
  /// Seconds without work after which a hub gives back what it needed for it.
  package var quietSeconds = 2
  /// Nonces given out at once, how long each is good, and how many used ones are remembered.
  package var noncesPerRequest = 4
  package var nonceSeconds: Int64 = 60
  package var noncesUsedMax = 200_000
  /// Request keys kept in memory; beyond it the oldest have to be presented again.
  package var requestKeysMax = 100_000
  /// Batches of one answer; a longer one is asked for again. So many fit even if they do not shrink.
  package var batchesPerAnswerMax = 7

  package init() {}

  /// How long the body of a request may take, in milliseconds.
  package func deadlineMilliseconds(ofBody bytes: Int) -> Int64 {
    bodyGraceSeconds * 1_000 + milliseconds(of: bytes)
  }

  /// How long the client of an answer may take to fetch it, in milliseconds.
  package func deadlineMilliseconds(ofAnswer bytes: Int) -> Int64 {
    answerGraceSeconds * 1_000 + milliseconds(of: bytes)
  }

  /// On the slowest line that is served.
  private func milliseconds(of bytes: Int) -> Int64 {
    Int64(bytes) * 1_000 / bytesPerSecondMin
  }
}

/// Of what a hub says, to a site that asks it.
package enum HubAnswerLimits {
  /// Seconds in which the hub has to say something, or take something, of one request: its work lies between the two.
  package static let silenceSecondsMax: Int64 = 180
  /// Seconds for one request as a whole: on a slow line the largest body takes long.
  package static let requestSecondsMax: Int64 = 3_600
  package static let connectSecondsMax: Int64 = 10
  /// Seconds for which a connection is kept without a request: fewer than `HubLimits.idleSeconds`, by a slow line's
  /// delay and more. Else a request would meet the hub's end just as it is closed for having been idle.
  package static let idleSecondsMax: Int64 = 10
  /// Nonces that are taken at once.
  package static let noncesMax = 64
  /// Seconds that a hub may ask to be left alone.
  package static let retryAfterSecondsMax = 60
}

/// Of one line in CloudEvents JSON.
public enum CloudEventLimits {
  /// Bytes of a line without its line break.
  public static let lineBytesMax = 1 << 20
  /// Levels of objects and lists; the line's own object is the first.
  public static let levelsMax = 16
  /// Members of `labels`, and elements of `flags`, `texts`, `conflicts` and `causes`.
  public static let entriesMax = 1_000
  /// Characters of a refused value that a refusal repeats.
  package static let echoedCharactersMax = 80
}

/// Of a file that is imported.
public enum ImportLimits {
  /// The bytes of one row, line breaks inside quotes included; a longer row is rejected.
  public static let rowBytesMax = 1 << 20
  /// The fields of one row. One field is bounded as any string, quotes not counted.
  public static let columnsMax = 4_096
  /// The header rows of one file.
  public static let headerRowsMax = 3
  /// The bytes of one mapping.
  public static let mappingBytesMax = 256 << 10
  /// The bytes of one label value.
  public static let labelBytesMax = 200
  /// The bytes of one external id, joined parts included.
  public static let idBytesMax = 1_024
  /// The tickets of a state log, or the groups of running sums, that one import keeps in mind: some
  /// 150 bytes each, so 150 MB at most. A row that would need one more is rejected.
  public static let trackedKeysMax = 1_000_000
}

extension MetricDefinition {
  /// Limits of what may be written into a definition.
  public enum Limits {
    /// UTF-8 bytes of a definition's text.
    public static let textBytesMax = 16 << 10
    /// In UTF-8 bytes.
    public static let idBytesMax = 64
    /// In UTF-8 bytes.
    public static let titleBytesMax = 200
    /// Digits that may be shown behind the point.
    public static let decimalsMax = 6
    /// In UTF-8 bytes.
    public static let zoneBytesMax = 64
    /// Questions that may be named.
    public static let questionsMax = 100
  }
}
