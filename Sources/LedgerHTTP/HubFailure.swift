/// What goes wrong at a hub by itself: no request is to blame, and the hub's own people have to mend it.
package enum HubFailure: String, CaseIterable, Hashable, Sendable {
  /// Nothing more can be written where the ledger is.
  case diskFull
  /// Another program of the hub's machine kept the ledger for all of the time that is waited for it.
  case locked
  /// The ledger contradicts itself, or its file is none any more.
  case damaged
  /// Everything that nobody foresaw.
  case unforeseen = "internal"

  /// As HTTP has it (RFC 9110, and RFC 4918 for a full disk).
  package var statusCode: Int {
    switch self {
    case .diskFull: 507
    case .locked: 503
    case .damaged, .unforeseen: 500
    }
  }
}
