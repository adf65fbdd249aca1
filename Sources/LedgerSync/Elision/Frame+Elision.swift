package import LedgerSchema

/// A law for every frame that was restored, and so for every one that a program made: elided and restored again it is
/// the same, since what could not be restored is not elided.
extension Scorebook_V1_Frame {
  /// The frame as it travels.
  package func elided(_ elision: Elision) -> Scorebook_V1_Frame {
    var frame = self
    if case .batch(var batch) = message {
      if elision.contains(.commitments) { batch.elideCommitments() }
      if elision.contains(.columns) { batch.elideColumns() }
      frame.message = .batch(batch)
    }
    if case .hello(var hello) = message, elision.contains(.heads) {
      for index in hello.heads.indices { hello.heads[index].elideHead() }
      frame.message = .hello(hello)
    }
    return frame
  }

  /// The frame as it was before it travelled, whatever was left out.
  ///
  /// - Throws: `SyncRefusal.malformed` where that cannot be put back, `.tooMany` or `.tooLarge` where it would become
  ///   more than a batch or a frame holds.
  package func restored() throws(SyncRefusal) -> Scorebook_V1_Frame {
    var frame = self
    if case .batch(var batch) = message {
      try batch.restoreColumns()
      try batch.restoreCommitments()
      frame.message = .batch(batch)
    }
    if case .hello(var hello) = message {
      for index in hello.heads.indices { hello.heads[index].restoreHead() }
      frame.message = .hello(hello)
    }
    return frame
  }
}
