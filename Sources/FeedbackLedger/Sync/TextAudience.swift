package import LedgerCore
import LedgerStore

/// Whom a transfer is for, as far as detached texts go: entries go to every member, texts to some.
package enum TextAudience: Hashable, Sendable {
  /// Whoever gets hold of it: a bundle in the hands of the person who made it.
  case anyone
  /// Scores only.
  case nobody
  /// The log that asks, by what was decided about it.
  case log(LogID)

  func includes(textsOf log: LogID, _ state: StoreState) -> Bool {
    switch self {
    case .anyone: true
    case .nobody: false
    case .log(let reader):
      state.membership?.mayRead(textsOf: log, reader: reader) ?? (reader == log)
    }
  }
}
