import LedgerCore
import Synchronization

/// The request keys that logs have presented to this run of a hub. Losing them costs each site one more request.
final class RequestKeys: Sendable {
  private struct Known {
    var keys: [LogID: [UInt8]] = [:]
    /// The oldest first.
    var order: [LogID] = []
  }

  private let limit: Int
  private let known = Mutex(Known())

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes the place of an earlier key of the log.
  func set(_ key: [UInt8], of log: LogID) {
    known.withLock { known in
      if known.keys.updateValue(key, forKey: log) == nil { known.order.append(log) }
      if known.order.count > limit { known.keys[known.order.removeFirst()] = nil }
    }
  }

  func key(of log: LogID) -> [UInt8]? {
    known.withLock { $0.keys[log] }
  }
}
