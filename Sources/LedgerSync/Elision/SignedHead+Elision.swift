import LedgerCore
import LedgerSchema

extension Scorebook_V1_SignedHead {
  /// Leaves the head out where the checkpoint states the same.
  mutating func elideHead() {
    guard hasHead, head == statedHead else { return }
    clearHead()
  }

  /// Puts the head back that the checkpoint states. Whether somebody signed it is looked at later, as ever.
  mutating func restoreHead() {
    guard !hasHead, let stated = statedHead else { return }
    head = stated
  }

  /// Nil where there is no checkpoint of a log of some ledger.
  private var statedHead: Scorebook_V1_Head? {
    guard let checkpoint = HeadChain.statedCheckpoint(of: checkpoint),
      let origin = CheckpointOrigin(checkpoint.origin)
    else { return nil }
    var head = Scorebook_V1_Head()
    head.log = ProtobufBytes.data(origin.log.bytes)
    head.size = checkpoint.size
    head.root = ProtobufBytes.data(checkpoint.root.bytes)
    return head
  }
}
