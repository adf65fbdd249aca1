package import FeedbackLedger
import LedgerCore
package import LedgerSchema
import LedgerStore
package import LedgerSync

/// What a peer lacks, cut into batches of random sizes in the sender's order of arrival, each with its proofs.
package struct BatchCutter {
  package let session: SyncSession
  package private(set) var batches: [Scorebook_V1_Batch] = []

  /// `eventsMax`: of one batch.
  package init(
    from sender: Ledger, to receiver: Ledger, eventsMax: Int, using random: inout SplitMix64
  ) throws {
    var session = SyncSession(mine: try receiver.holdings())
    let plan = try session.receive(try sender.holdings().hello)
    self.session = session
    let wanted = Dictionary(uniqueKeysWithValues: plan.want.map { ($0.log, $0.seqs) })
    var left = 0
    var reached: [LogID: UInt64] = [:]
    try sender.store.read { database, state in
      for position in 1...max(1, state.lastPosition) {
        guard let place = state.arrivals.place(ofPosition: position) else { continue }
        let log = state.logs[Int(place.log)]
        guard wanted[log.id]?.contains(UInt64(place.seq)) == true,
          let entry = try EntryReader(database).entry(log: place.log, seq: UInt64(place.seq))
        else { continue }
        if left == 0 {
          batches.append(Scorebook_V1_Batch())
          left = Int.random(in: 1...eventsMax, using: &random)
          reached = [:]
        }
        left -= 1
        add(entry, log.id, UInt64(place.seq))
        reached[log.id] = UInt64(place.seq)
        batches[batches.count - 1].proofs = try reached.compactMap { log, size in
          guard let end = wanted[log]?.upperBound, size < end, let number = state.numbers[log]
          else { return nil }
          return Self.proof(
            try MerkleNodes(database).consistency(ofLog: number, from: size, to: end), log, size)
        }
      }
    }
  }

  private mutating func add(_ entry: [UInt8], _ log: LogID, _ seq: UInt64) {
    let last = batches.count - 1
    let id = ProtobufBytes.data(log.bytes)
    if let run = batches[last].runs.last, run.log == id,
      run.firstSeq + UInt64(run.entries.count) == seq
    {
      batches[last].runs[batches[last].runs.count - 1].entries.append(ProtobufBytes.data(entry))
      return
    }
    var run = Scorebook_V1_Run()
    run.log = id
    run.firstSeq = seq
    run.entries = [ProtobufBytes.data(entry)]
    batches[last].runs.append(run)
  }

  private static func proof(
    _ proof: ConsistencyProof, _ log: LogID, _ size: UInt64
  ) -> Scorebook_V1_HeadProof {
    var message = Scorebook_V1_HeadProof()
    message.log = ProtobufBytes.data(log.bytes)
    message.size = size
    message.consistency = proof.path.map { ProtobufBytes.data($0.bytes) }
    return message
  }
}
