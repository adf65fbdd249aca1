/// Definitions that tests publish.
package enum Definitions {
  package static let latest = """
    metric: nps.latest
    title: NPS, latest answer of each customer
    readOut: net
    measure: nps
    low: 0..6
    high: 9..10
    dedupe: latestPerCustomerPerWindow
    """

  package static let touchpoint = """
    metric: nps.touchpoint
    title: NPS, latest answer at each touchpoint
    readOut: net
    measure: nps
    low: 0..6
    high: 9..10
    dedupe: latestPerTouchpoint
    """
}
