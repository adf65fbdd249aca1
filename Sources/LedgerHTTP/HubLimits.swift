import LedgerSync
package import NIOCore

/// Bounds on what one connection may cost a hub, in one place. Those on what it may say are `SyncLimits`.
package struct HubLimits: Sendable {
  /// Connections at a time; more of them wait in the system's queue.
  package var connectionsMax = 1_024
  /// Fields of one request's head, and bytes of all of them.
  package var headerFieldsMax = 64
  package var headerBytesMax = 16 << 10
  /// Seconds without a whole head, after which a connection is closed.
  package var idleSeconds: Int64 = 15
  /// Seconds for a body of any size, and bytes a second that are expected of the rest of it: together they are the
  /// deadline of a body.
  package var bodyGraceSeconds: Int64 = 5
  package var bodyBytesPerSecondMin: Int64 = 32 << 10
  /// Bytes of a body by somebody whom the hub does not know yet.
  package var strangerBytesMax = 16 << 10
  /// Requests in work at a time, and how many wait for their turn; further ones are sent away for a moment.
  package var requestsInWorkMax = 4
  package var requestsWaitingMax = 1_024
  package var retryAfterSeconds = 2
  /// Nonces given out at once, how long each is good, and how many used ones are remembered.
  package var noncesPerRequest = 4
  package var nonceSeconds: Int64 = 60
  package var noncesUsedMax = 200_000
  /// Request keys kept in memory; beyond it the oldest have to be presented again.
  package var requestKeysMax = 100_000
  /// Batches of one answer; a longer one is asked for again. So many fit even if they do not shrink.
  package var batchesPerAnswerMax = 7

  package init() {}

  /// How long the body of a request may take.
  package func deadline(ofBody bytes: Int) -> TimeAmount {
    .milliseconds(bodyGraceSeconds * 1_000 + Int64(bytes) * 1_000 / bodyBytesPerSecondMin)
  }
}
