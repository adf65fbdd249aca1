package import LedgerCore
package import LedgerSchema

/// Finds the last entry that two branches of one log share: asks whether roots at rising sizes are the peer's too, and
/// asks again between the last that is and the first that is not.
///
/// Pure, like the session it belongs to: the transport carries the questions and the answers. Roots of an append-only
/// log agree up to the fork and never after it, so a search among n entries takes log n / log 64 questions. Each
/// session searches anew; nothing is believed that the evidence does not show afterwards.
package struct ForkSearch: Sendable {
  package let log: LogID
  /// The roots are equal here, and differ at `high`.
  private var low: UInt64 = 0
  private var high: UInt64
  private var asked: [UInt64] = []

  /// - Precondition: `size` is 1 or more, and the roots differ there.
  package init(log: LogID, differingAt size: UInt64) {
    precondition(size >= 1, "Every log begins with the empty tree.")
    self.log = log
    high = size
  }

  /// The last common seq, once it is found.
  package var commonSeq: UInt64? { high - low == 1 ? low : nil }

  /// The next question.
  ///
  /// `root`: of this side's branch at a size.
  package mutating func question(
    root: (UInt64) throws -> Digest256
  ) rethrows -> Scorebook_V1_ForkQuestion {
    let between = high - low - 1
    let count = min(between, UInt64(SyncLimits.forkHeadsMax))
    asked = (0..<count).map { low + 1 + $0 * between / count }
    let heads = try asked.map { ($0, try root($0)) }
    return Self.question(log, heads)
  }

  /// - Throws: `SyncRefusal.malformed` for an answer that fits no question.
  package mutating func receive(_ answer: Scorebook_V1_ForkAnswer) throws(SyncRefusal) {
    let matching = Int(answer.matching)
    guard LogID(bytes: answer.log) == log, matching <= asked.count else {
      throw .malformed("an answer to another question")
    }
    if matching > 0 { low = asked[matching - 1] }
    if matching < asked.count { high = asked[matching] }
    asked = []
  }

  /// Asks whether a head that is held here is the peer's too: answered by 1 or 0.
  package static func question(_ head: Head) -> Scorebook_V1_ForkQuestion {
    question(head.log, [(head.size, head.root)])
  }

  private static func question(
    _ log: LogID, _ heads: [(size: UInt64, root: Digest256)]
  ) -> Scorebook_V1_ForkQuestion {
    var question = Scorebook_V1_ForkQuestion()
    question.log = ProtobufBytes.data(log.bytes)
    question.heads = heads.map { size, root in
      var head = Scorebook_V1_Head()
      head.size = size
      head.root = ProtobufBytes.data(root.bytes)
      return head
    }
    return question
  }
}
