/// Whose answers a fold hands over, where and when they were given: what a definition's population and dedupe look at.
package struct Respondent: Sendable {
  /// The person's name; that of `EventRow.none` for an anonymous response.
  package var customer: CustomerID
  /// The value of the label `touchpoint`; empty without it.
  package var touchpoint: String
  /// When the site took the response in.
  package var recorded: Int64
  /// The event that opened the response.
  package var address: Address
  package var isPartial: Bool

  package var isAnonymous: Bool { customer == EventRow.none.customer }
}

extension Respondent {
  init(of standing: ResponseStanding, _ context: FoldContext) {
    let opener = standing.opener ?? EventRow.none
    customer = context.identities.name(of: standing.customer)
    touchpoint = context.vocabulary.labelSets[standing.labels][Label.touchpoint] ?? ""
    recorded = opener.recorded
    address = context.address(of: opener)
    isPartial = standing.isPartial
  }
}
