package import LedgerSchema

/// What is said twice in a frame is left out on the way: hashes and random bytes are what no compression makes smaller,
/// and of a thousand events they are the most.
///
/// A law for every frame: what was elided is restored to the same frame, and what cannot be restored is not elided.
extension Scorebook_V1_Frame {
  /// The frame as it travels.
  package func elided() -> Scorebook_V1_Frame {
    var frame = self
    switch message {
    case .batch(var batch):
      frame.message = nil
      batch.elideCommitments()
      frame.message = .batch(batch)
    case .hello(var hello):
      frame.message = nil
      for index in hello.heads.indices { hello.heads[index].elideHead() }
      frame.message = .hello(hello)
    default: break  // Nothing is said twice.
    }
    return frame
  }

  /// The frame as it was before it travelled; nil where a text stands for a commitment that is not there.
  package func restored() -> Scorebook_V1_Frame? {
    var frame = self
    switch message {
    case .batch(var batch):
      frame.message = nil
      guard batch.restoreCommitments() else { return nil }
      frame.message = .batch(batch)
    case .hello(var hello):
      frame.message = nil
      for index in hello.heads.indices { hello.heads[index].restoreHead() }
      frame.message = .hello(hello)
    default: break  // Nothing was left out.
    }
    return frame
  }
}
