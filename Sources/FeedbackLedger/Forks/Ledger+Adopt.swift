public import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// What adopting a fork's tail did.
public struct AdoptionReport: Sendable {
  /// Where the decision stands.
  public let address: Address
  /// Events repeated.
  public let events: Int
}

extension Ledger {
  /// At the authority: repeats one tail of a forked log whose owner is lost, so that it counts again everywhere.
  ///
  /// A tail of the log itself could not count alike on every ledger, since each holds one branch of it; repeated in the
  /// authority's log it does. What the tail decided about logs is left out, unless its log may decide.
  ///
  /// `rootPrefix`: the first hexadecimal digits of the head's root, at least eight.
  /// - Throws: `LedgerError` where this is not the authority, the log has not forked, the tail ends after its log was
  ///   replaced as the authority, nothing that is held hashes to that head, the tail was adopted before, or its owner
  ///   goes on by itself.
  public func adopt(_ log: LogID, size: UInt64, rootPrefix: String) throws -> AdoptionReport {
    guard rootPrefix.count >= Self.rootDigitsMin else {
      throw LedgerError.unknownBranch(log, size: size)
    }
    return try withRecorder { recorder in
      let state = recorder.appender.state
      guard let membership = state.membership, membership.isInOffice(identity.log) else {
        throw LedgerError.notAuthority(site: identity.site)
      }
      guard let held = state.log(log), let commonSeq = membership.forks[log] else {
        throw LedgerError.notForked(log)
      }
      // Repeated by the new authority, what the old one said afterwards would be its word.
      guard size <= membership.replacedEnd(of: log) else {
        throw LedgerError.adoptsBeyond(log, end: membership.replacedEnd(of: log))
      }
      guard
        let branch = try HeldBranch(
          of: held, after: commonSeq, size: size, rootPrefix: rootPrefix.lowercased(),
          recorder.appender.connection)
      else { throw LedgerError.unknownBranch(log, size: size) }
      let done = try repeatedSize(of: branch, after: commonSeq, state)
      // The proof goes into the own log here, and says there from then on that the own tail was repeated.
      let own = try lateTail(of: log, state)?.repeatAll(by: recorder) ?? 0
      let (address, events) = try repeatTail(branch, from: done, of: held, membership, recorder)
      return AdoptionReport(address: address, events: own + events)
    }
  }

  private static let rootDigitsMin = 8

  /// How far the branch was adopted before.
  private func repeatedSize(
    of branch: HeldBranch, after commonSeq: UInt64, _ state: StoreState
  ) throws -> UInt64 {
    var done = commonSeq
    for (_, event) in state.contextEvents {
      switch event.body {
      case .forkTailAdopted(let adoption):
        guard let head = Head(adoption.head), branch.covers(head, after: commonSeq) else {
          continue
        }
        done = max(done, head.size)
      case .logStarted(let start) where start.hasPredecessor && start.predecessor.reason == .forked:
        guard let head = Head(start.predecessor.head), let log = LogID(bytes: start.log),
          branch.covers(head, after: commonSeq)
        else { continue }
        throw LedgerError.ownerGoesOn(branch.head.log, in: log)
      default: break  // Nothing else repeats a tail.
      }
    }
    guard done < branch.head.size else { throw LedgerError.adoptedBefore(branch.head.log) }
    return done
  }

  private func repeatTail(
    _ branch: HeldBranch, from done: UInt64, of log: LogState, _ membership: Membership,
    _ recorder: Recorder
  ) throws -> (address: Address, events: Int) {
    let proofs = membership.forkProofs.filter { $0.log == log.id }
    guard let commonSeq = membership.forks[log.id],
      let proof = proofs.first(where: { $0.commonSeq == commonSeq })
    else { throw LedgerError.notForked(log.id) }
    // Beside the repetitions, so that no cut holds them without it.
    try recorder.append(.forkProven(proof.message))
    var adopted = Scorebook_V1_ForkTailAdopted()
    adopted.head.log = ProtobufBytes.data(branch.head.log.bytes)
    adopted.head.size = branch.head.size
    adopted.head.root = ProtobufBytes.data(branch.head.root.bytes)
    let address = try recorder.append(.forkTailAdopted(adopted))
    let repeater = TailRepeater(
      log: log.id, site: log.site, proofs: proofs, commonSeq: commonSeq,
      repeatsDecisions: membership.isAuthority(log.id), done: OwnLogs(of: recorder.appender.state))
    let events = try repeater.repeatEntries(
      Array(branch.entries.dropFirst(Int(done - commonSeq))), from: done + 1,
      of: branch.entries[0], by: recorder)
    return (address, events)
  }
}

extension Head {
  fileprivate init?(_ message: Scorebook_V1_Head) {
    guard let log = LogID(bytes: message.log), let root = Digest256(bytes: message.root) else {
      return nil
    }
    self.init(log: log, size: message.size, root: root)
  }
}
