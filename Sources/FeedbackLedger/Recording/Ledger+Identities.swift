public import LedgerCore
import LedgerSchema

extension Ledger {
  /// Records that several pseudonyms are one person. Scores that compare a customer's answers follow; nothing else
  /// does, and `unmergeCustomers` takes it back.
  ///
  /// - Returns: the address of the merge, which an unmerge names.
  /// - Throws: `EventRefusal.mergeWithItself` where two of the names are one already: `A@x.org` and `a@x.org`.
  public func mergeCustomers(
    _ survivor: EventDraft.Customer, absorbing others: [EventDraft.Customer],
    evidence: String = ""
  ) throws -> Address {
    var pseudonyms = Pseudonyms(key: identity.pseudonymKey)
    var merge = Scorebook_V1_CustomersMerged()
    merge.survivor = ProtobufBytes.data(pseudonyms.customer(survivor).bytes)
    merge.absorbed = others.map { ProtobufBytes.data(pseudonyms.customer($0).bytes) }
    merge.evidence = evidence
    return try record(EventDraft(.customersMerged(merge)))
  }

  /// Takes a merge back, as if it had never been.
  ///
  /// `merge`: the address of its event.
  /// - Throws: `LedgerError.unknownMerge` for another address.
  public func unmergeCustomers(_ merge: Address, reason: String = "") throws -> Address {
    let item = try store.read { _, state in
      state.contextEvents.first { $0.address == merge }
        .flatMap { CustomerMerge($0.event, at: $0.address)?.item }
    }
    guard let item else { throw LedgerError.unknownMerge(merge.description) }
    var unmerge = Scorebook_V1_CustomersUnmerged()
    unmerge.reasonCode = reason
    return try record(EventDraft(.customersUnmerged(unmerge), item: .known(item)))
  }

  private func record(_ draft: EventDraft) throws -> Address {
    switch try withRecorder({ try $0.record(draft) }) {
    case .recorded(let address): return address
    case .refused(let refusal): throw refusal
    // A draft without a source and a customer is never one of these.
    case .duplicate, .conflict, .erased: throw EventRefusal.noBody
    }
  }
}
