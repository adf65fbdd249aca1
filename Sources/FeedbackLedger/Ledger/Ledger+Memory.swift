extension Ledger {
  /// Gives back what only makes the next answer a little faster, in a program that keeps the ledger open and has no
  /// work.
  package func releaseMemory() {
    store.releaseMemory()
  }
}
