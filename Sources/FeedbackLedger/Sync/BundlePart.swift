import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// What one file of a transfer carries: what lies between two clocks, the second of them a prefix of what is held here.
struct BundlePart {
  /// What the receiver must hold already.
  var assumed: VectorClock
  /// What it holds then, each head with its signature.
  var heads: [PromisedHead]

  var reached: VectorClock { assumed.joined(with: VectorClock(heads.map(\.head.address))) }

  var plan: SyncSession.Plan {
    var plan = SyncSession.Plan()
    for head in heads.map(\.head) where head.size > assumed[head.log] {
      plan.send.append((head.log, assumed[head.log] + 1...head.size))
    }
    return plan
  }
}

/// Divides a transfer into files: in the order in which the entries arrived here, so each file's clock is closed.
struct BundleParts {
  private let database: Connection
  private let state: StoreState
  /// Everything that can be promised.
  private let heads: [PromisedHead]

  init(_ database: Connection, _ state: StoreState, heads: [PromisedHead]) {
    self.database = database
    self.state = state
    self.heads = heads
  }

  /// The next file after a clock, with at most so many entries; nil when nothing is left.
  func part(after assumed: VectorClock, entriesMax: Int) throws -> BundlePart? {
    let whole = BundlePart(assumed: assumed, heads: heads)
    guard !whole.plan.send.isEmpty else { return nil }
    guard let position = lastPosition(of: whole.plan, entriesMax: entriesMax) else { return whole }
    let seqs = state.arrivals.seqs(atPosition: position, logCount: state.logs.count)
    var prefixes: [PromisedHead] = []
    for head in heads {
      guard let log = state.log(head.log), seqs[Int(log.number)] > 0 else { continue }
      // A head that came over so many relays that its chain grows no longer is passed on as it is, or not at all.
      guard let prefix = try prefix(of: head, log, size: UInt64(seqs[Int(log.number)])) else {
        return whole
      }
      prefixes.append(prefix)
    }
    return BundlePart(assumed: assumed, heads: prefixes)
  }

  /// Where so many entries of the plan are full; nil when there are not more.
  private func lastPosition(of plan: SyncSession.Plan, entriesMax: Int) -> UInt32? {
    var wanted: [UInt32: ClosedRange<UInt64>] = [:]
    for (log, seqs) in plan.send {
      if let number = state.numbers[log] { wanted[number] = seqs }
    }
    var left = UInt64(entriesMax)
    for run in state.arrivals.runs {
      guard let all = wanted[run.log], all.overlaps(UInt64(run.firstSeq)...UInt64(run.lastSeq))
      else { continue }
      let seqs = all.clamped(to: UInt64(run.firstSeq)...UInt64(run.lastSeq))
      let count = seqs.upperBound - seqs.lowerBound + 1
      if count > left {
        return run.firstPosition + UInt32(seqs.lowerBound - UInt64(run.firstSeq) + left) - 1
      }
      left -= count
    }
    return nil
  }

  private func prefix(of head: PromisedHead, _ log: LogState, size: UInt64) throws -> PromisedHead?
  {
    guard size < head.head.size else { return head }
    let nodes = MerkleNodes(database)
    let chain = head.chain.prefixed(
      size: size, root: try nodes.root(ofLog: log.number, size: size),
      consistency: try nodes.consistency(ofLog: log.number, from: size, to: head.head.size).path)
    return chain.map { PromisedHead(log: head.log, chain: $0) }
  }
}
