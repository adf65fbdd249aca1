package import LedgerSchema

/// A law for every frame that was restored, and so for every one that a program made: elided and restored again it is
/// the same, since what could not be restored is not elided.
extension Scorebook_V1_Frame {
  /// The frame as it travels.
  package func elided(_ elision: Elision) -> Scorebook_V1_Frame {
    var frame = self
    if case .batch(var batch) = message, elision.contains(.commitments) {
      batch.elideCommitments()
      frame.message = .batch(batch)
    }
    if case .hello(var hello) = message, elision.contains(.heads) {
      for index in hello.heads.indices { hello.heads[index].elideHead() }
      frame.message = .hello(hello)
    }
    return frame
  }

  /// The frame as it was before it travelled, whatever was left out; nil where a text stands for a commitment that is
  /// not there.
  package func restored() -> Scorebook_V1_Frame? {
    var frame = self
    if case .batch(var batch) = message {
      guard batch.restoreCommitments() else { return nil }
      frame.message = .batch(batch)
    }
    if case .hello(var hello) = message {
      for index in hello.heads.indices { hello.heads[index].restoreHead() }
      frame.message = .hello(hello)
    }
    return frame
  }
}
