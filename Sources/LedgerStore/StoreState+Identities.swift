package import LedgerCore
package import LedgerSchema

extension StoreState {
  /// The context events that count in a cut, in order of arrival.
  package func contextEvents(
    in cut: ResolvedCut
  ) -> [(address: Address, event: Scorebook_V1_Event)] {
    contextEvents.filter { address, _ in
      guard let number = numbers[address.log], address.seq <= UInt64(cut.counted[Int(number)])
      else {
        return false
      }
      return !cut.doubles.contains(EventPlace(log: number, seq: UInt32(address.seq)))
    }
  }

  /// Who is who in a cut. O(context events), which merges are a part of.
  package func identities(of cut: ResolvedCut) -> CustomerIdentities {
    CustomerIdentities(
      events: contextEvents(in: cut), causality: cut.causality ?? fold.causality)
  }
}
