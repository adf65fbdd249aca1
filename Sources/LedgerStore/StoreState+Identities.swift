package import LedgerCore
package import LedgerSchema

extension StoreState {
  /// The context events that count in a cut, in order of arrival.
  ///
  /// `counted`: how far each log counts, by log number.
  package func contextEvents(
    counted: [UInt32]
  ) -> [(address: Address, event: Scorebook_V1_Event)] {
    let doubles = doubles(counted: counted)
    return contextEvents.filter { address, _ in
      guard let number = numbers[address.log], address.seq <= UInt64(counted[Int(number)]) else {
        return false
      }
      return !doubles.contains(EventPlace(log: number, seq: UInt32(address.seq)))
    }
  }

  /// Who is who in a cut. O(context events), which merges are a part of.
  package func identities(of cut: ResolvedCut) -> CustomerIdentities {
    CustomerIdentities(
      events: contextEvents(counted: cut.counted), causality: cut.causality ?? fold.causality)
  }
}
