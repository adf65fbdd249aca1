import LedgerCore
import LedgerSync

/// Where a hub answers: one path for each question that a site may ask, under the version of the protocol in which it
/// is asked, so that a hub can be upgraded before its sites. The two that say whether the hub is alive and ready are
/// where supervisors look for them.
package struct HubPath: Hashable, Sendable {
  /// What may be asked, each with POST.
  package enum Question: String, CaseIterable, Sendable {
    /// A `Hello` for a `Hello`.
    case hello
    /// A `Want` for batches.
    case pull
    /// Batches for a `Goodbye`.
    case push
    /// A `ForkQuestion` for a `ForkAnswer`.
    case fork
    /// The public keys of an invited site.
    case join
    /// Nonces, each good for one signed request.
    case nonces
  }

  package let question: Question
  /// Of `SyncLimits.protocolVersions`.
  package let version: UInt32

  private init(_ question: Question, version: UInt32) {
    self.question = question
    self.version = version
  }

  /// Nil for a path at which no question is answered.
  package init?(_ text: String) {
    guard let path = Self.byText[text] else { return nil }
    self = path
  }

  package var text: String { "/v\(version)/\(question)" }

  private static let all = SyncLimits.protocolVersions.flatMap { version in
    Question.allCases.map { HubPath($0, version: version) }
  }
  private static let byText = Dictionary(uniqueKeysWithValues: all.map { ($0.text, $0) })

  // As this program asks.
  package static let hello = HubPath(.hello, version: SyncLimits.protocolVersion).text
  package static let pull = HubPath(.pull, version: SyncLimits.protocolVersion).text
  package static let push = HubPath(.push, version: SyncLimits.protocolVersion).text
  package static let fork = HubPath(.fork, version: SyncLimits.protocolVersion).text
  package static let join = HubPath(.join, version: SyncLimits.protocolVersion).text
  package static let nonces = HubPath(.nonces, version: SyncLimits.protocolVersion).text
  /// GET: the process is alive.
  package static let health = "/healthz"
  /// GET: the ledger answers. Whether a disk is full shows only when it is written to.
  package static let readiness = "/readyz"
  /// GET: Prometheus text.
  package static let metrics = "/metrics"
  /// The field of every answer that holds a nonce for the next request.
  package static let nonceField = "scorebook-nonce"

  private static let forSupervisors = [health, readiness, metrics]

  /// Where sessions begin, whatever version they are in.
  static let beginnings = all.filter { $0.question == .hello }.map(\.text)

  /// Whether a request there consists of its head alone.
  static func isWithoutBody(_ path: String) -> Bool {
    forSupervisors.contains(path) || HubPath(path)?.question == .nonces
  }

  /// The path, or one word for all that no peer asks for: so that strangers cannot make up names to be counted.
  static func known(_ path: String) -> String {
    forSupervisors.contains(path) || HubPath(path) != nil ? path : "other"
  }
}
