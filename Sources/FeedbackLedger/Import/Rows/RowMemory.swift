import LedgerCore

/// What a mapper keeps in mind from row to row.
struct RowMemory {
  /// Of tickets and groups together.
  let keysMax: Int
  /// Where each ticket of a log stands.
  private(set) var standings: [String: TicketRules.Status] = [:]
  /// The running sum of each basket or household.
  private(set) var sums: [String: Amount] = [:]

  mutating func keep(_ standing: TicketRules.Status, of ticket: String) {
    standings[ticket] = standing
  }

  mutating func keep(_ sum: Amount, of group: String) {
    sums[group] = sum
  }

  /// - Throws: When one key more would be too many.
  func makeRoom() throws(Reason) {
    guard standings.count + sums.count < keysMax else { throw .trackedKeysFull }
  }
}
