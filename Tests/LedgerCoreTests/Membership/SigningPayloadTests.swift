import LedgerCore
import Testing

/// What is signed for one purpose is good for no other one.
@Suite struct SigningPayloadTests {
  private static let ledgers = [Digest256(hashing: [1]), Digest256(hashing: [2])]
  private static let logs = [LogID(high: 1, low: 2), LogID(high: 3, low: 4)]
  private static let items = logs.map { ItemID(openedAt: Address(log: $0, seq: 5)) }
  private static let keys = [[UInt8](repeating: 7, count: 32), [UInt8](repeating: 8, count: 32)]

  /// Each with one part after the other exchanged; the first one has none.
  private static let payloads: [String: [[UInt8]]] = [
    "invitation": [0, 1, 2, 3, 4].map { other in
      SigningPayload.invitation(
        ledger: part(ledgers, other == 1), id: part(items, other == 2),
        site: part(["north", "south"], other == 3), invitationKey: part(keys, other == 4))
    },
    "acceptance": [0, 1, 2, 3, 4].map { other in
      SigningPayload.acceptance(
        ledger: part(ledgers, other == 1), id: part(items, other == 2),
        log: part(logs, other == 3), logKey: part(keys, other == 4))
    },
    "succession": [0, 1, 2, 3, 4].map { other in
      SigningPayload.succession(
        ledger: part(ledgers, other == 1), predecessor: part(logs, other == 2),
        log: part(logs.reversed(), other == 3), logKey: part(keys, other == 4))
    },
    "authority": [0, 1, 2, 3, 4].map { other in
      SigningPayload.replacement(
        ledger: part(ledgers, other == 1), log: part(logs, other == 2),
        logKey: part(keys, other == 3), ended: part([[1], [2]], other == 4))
    },
    "rotation": [0, 1, 2, 3].map { other in
      SigningPayload.rotation(
        log: part(logs, other == 1), fromSeq: part([6, 7], other == 2),
        newKey: part(keys, other == 3))
    },
    "requests": [0, 1, 2, 3].map { other in
      SigningPayload.requests(
        ledger: part(ledgers, other == 1), log: part(logs, other == 2),
        requestKey: part(keys, other == 3))
    },
    "presence": [0, 1, 2, 3, 4].map { other in
      SigningPayload.presence(
        ledger: part(ledgers, other == 1), log: part(logs, other == 2),
        asker: part(logs.reversed(), other == 3), challenge: part(keys, other == 4))
    },
  ]

  @Test func `each begins with a sentence of its own`() throws {
    for (purpose, payloads) in Self.payloads {
      for payload in payloads {
        #expect(payload.starts(with: Array("scorebook \(purpose) v1\n".utf8)))
      }
    }
  }

  @Test func `every part is signed`() throws {
    for (purpose, payloads) in Self.payloads {
      #expect(Set(payloads).count == payloads.count, "\(purpose)")
    }
  }

  private static func part<T>(_ pair: [T], _ isOther: Bool) -> T { pair[isOther ? 1 : 0] }
}
