/// What two cuts say of everybody, where a cause lies in the context and not in the events of one item: which batches
/// are void, who had seen what, and who is who.
package struct ContextSteps: Sendable {
  package var voidedBefore: Set<UInt32>
  package var voidedAfter: Set<UInt32>
  /// Differs where an entry of a fork's tail is repeated again between the cuts.
  package var doublesBefore = Doubles()
  package var doublesAfter = Doubles()
  /// Differs where a fork is proven between the cuts.
  package var causalityBefore: Causality
  package var causalityAfter: Causality
  package var identitiesBefore: CustomerIdentities
  /// With the later cut's merges, but without its unmerges.
  package var identitiesMerged: CustomerIdentities
  package var identitiesAfter: CustomerIdentities

  package init(
    voidedBefore: Set<UInt32>, voidedAfter: Set<UInt32>,
    causalityBefore: Causality, causalityAfter: Causality,
    identitiesBefore: CustomerIdentities = CustomerIdentities(),
    identitiesMerged: CustomerIdentities = CustomerIdentities(),
    identitiesAfter: CustomerIdentities = CustomerIdentities()
  ) {
    self.voidedBefore = voidedBefore
    self.voidedAfter = voidedAfter
    self.causalityBefore = causalityBefore
    self.causalityAfter = causalityAfter
    self.identitiesBefore = identitiesBefore
    self.identitiesMerged = identitiesMerged
    self.identitiesAfter = identitiesAfter
  }

  func start(_ context: inout FoldContext) {
    context.voidedBatches = voidedBefore
    context.doubles = doublesBefore
    context.causality = causalityBefore
    context.identities = identitiesBefore
  }

  /// Takes in what a cause changes; most change nothing here.
  func take(_ cause: Cause, to context: inout FoldContext) {
    switch cause {
    case .voided: context.voidedBatches = voidedAfter
    case .mergedIdentity: context.identities = identitiesMerged
    case .unmergedIdentity: context.identities = identitiesAfter
    case .membership:
      context.causality = causalityAfter
      context.doubles = doublesAfter
    case .notKnown, .corrected, .retracted, .erased, .reinstated, .late, .new, .reattributed,
      .definitionChanged:
      break
    }
  }
}
