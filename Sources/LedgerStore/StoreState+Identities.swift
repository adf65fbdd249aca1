package import LedgerCore
package import LedgerSchema

extension StoreState {
  /// The context events that count in a cut, in order of arrival.
  ///
  /// `counted`: how far each log counts, by log number.
  package func contextEvents(
    counted: [UInt32]
  ) -> [(address: Address, event: Scorebook_V1_Event)] {
    contextEvents.filter { address, _ in
      numbers[address.log].map { address.seq <= UInt64(counted[Int($0)]) } ?? false
    }
  }

  /// Who is who in a cut. O(context events), which merges are a part of.
  package func identities(of cut: ResolvedCut) -> CustomerIdentities {
    CustomerIdentities(
      events: contextEvents(counted: cut.counted), causality: cut.causality ?? fold.causality)
  }
}
