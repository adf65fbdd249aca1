import Crypto
import Foundation
package import LedgerCore

/// Makes the names that stand for people, items and rows of source systems.
///
/// Keyed, so that nobody without the ledger's key can try identifiers against them; deterministic, so that sites
/// agree without talking. First 16 bytes of HMAC-SHA256(key, purpose ‖ 0 ‖ part ‖ 0 ‖ …).
package struct Pseudonyms: Sendable {
  private let key: SymmetricKey
  private var customers: [EventDraft.Customer: CustomerID] = [:]
  /// A till or a call centre sees the same few thousand customers again and again.
  private static let cachedMax = 100_000

  /// `key` has 32 bytes.
  package init(key: [UInt8]) {
    self.key = SymmetricKey(data: key)
  }

  package mutating func customer(_ customer: EventDraft.Customer) -> CustomerID {
    switch customer {
    case .pseudonym(let id): return id
    case .identifier(let namespace, let value):
      if let known = customers[customer] { return known }
      let bytes = mac(["customer", namespace, Self.normalised(value, namespace: namespace)])
      let id = CustomerID(bytes: bytes.prefix(16)) ?? CustomerID(high: 0, low: 0)
      if customers.count >= Self.cachedMax { customers.removeAll(keepingCapacity: true) }
      customers[customer] = id
      return id
    }
  }

  package func item(kind: String, source: String, id: String) -> ItemID {
    ItemID(bytes: mac(["item", kind, source, id]).prefix(16)) ?? ItemID(high: 0, low: 0)
  }

  /// The idempotency key of one event of a source row.
  package func sourceKey(_ source: EventDraft.Source) -> [UInt8] {
    Array(mac(["import", source.system, source.externalID, source.part]).prefix(16))
  }

  /// What the row said, so that a changed row is seen.
  package func content(_ source: EventDraft.Source) -> [UInt8] {
    Array(mac(["content", source.content]).prefix(8))
  }

  /// E-mail addresses compare without case and outer spaces; phone numbers by their digits and a leading plus.
  static func normalised(_ value: String, namespace: String) -> String {
    let trimmed = value.trimmingCharacters(in: .whitespacesAndNewlines)
    switch namespace {
    case "email": return trimmed.lowercased()
    case "phone": return trimmed.filter { $0.isNumber || $0 == "+" }
    default: return trimmed
    }
  }

  private func mac(_ parts: [String]) -> [UInt8] {
    var hmac = HMAC<SHA256>(key: key)
    for part in parts {
      hmac.update(data: Array(part.utf8))
      hmac.update(data: [0] as [UInt8])
    }
    return Array(hmac.finalize())
  }
}
