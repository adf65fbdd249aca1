/// Where a hub answers: one path for each question that a peer may ask.
///
/// All lie under a version of their own, so that a later protocol can stand beside this one. The two that say whether
/// the hub is alive and ready are where supervisors look for them.
package enum HubPath {
  /// POST: a `Hello` for a `Hello`.
  package static let hello = "/v1/hello"
  /// POST: a `Want` for batches.
  package static let pull = "/v1/pull"
  /// POST: batches for a `Goodbye`.
  package static let push = "/v1/push"
  /// POST: a `ForkQuestion` for a `ForkAnswer`.
  package static let fork = "/v1/fork"
  /// POST: the public keys of an invited site.
  package static let join = "/v1/join"
  /// POST: nonces, each good for one signed request.
  package static let nonces = "/v1/nonces"
  /// GET: the process is alive.
  package static let health = "/healthz"
  /// GET: the ledger is open and can be written to.
  package static let readiness = "/readyz"
  /// GET: Prometheus text.
  package static let metrics = "/metrics"
  /// The field of every answer that holds a nonce for the next request.
  package static let nonceField = "scorebook-nonce"

  private static let all = [
    hello, pull, push, fork, join, nonces, health, readiness, metrics,
  ]

  /// Whether a request there consists of its head alone.
  static func isWithoutBody(_ path: String) -> Bool {
    [nonces, health, readiness, metrics].contains(path)
  }

  /// The path, or one word for all that no peer asks for: so that strangers cannot make up names to be counted.
  static func known(_ path: String) -> String {
    all.contains(path) ? path : "other"
  }
}
