/// Says that what was deleted is not gone from the disk yet.
enum DeletedNote {
  static func print(what: String, _ path: String) {
    Output.note(
      "Another process still reads \(path) as it was before, or the disk takes nothing; \(what) stay in the "
        + "ledger's files until that has ended and the ledger is used again.")
  }
}
