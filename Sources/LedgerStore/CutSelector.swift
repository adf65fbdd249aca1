package import GRDB
package import LedgerCore
import LedgerSchema

/// How a point in time is named (DESIGN §2.7). Each resolves to a clock with what is held now.
package enum CutSelector: Hashable, Sendable {
  case now
  /// In each log the longest prefix whose recorded times are not after the instant, grown by its causes.
  case recorded(Instant)
  /// What the site's own logs and their observations say it knew.
  case known(site: String, Instant)
  /// What this ledger held, by order of arrival.
  case received(Instant)
  case clock(VectorClock)
}

/// A resolved cut, and what is needed to read at it.
package struct ResolvedCut: Sendable {
  package let cut: Cut
  /// How far each log counts, by log number: the cut's clock, limited by membership inside the cut.
  package let counted: [UInt32]
  /// Entries inside the cut that count nothing.
  package let pending: UInt64
  /// The position whose prefix the cut is; nil when it is none.
  package let position: UInt32?
  package let voidedBatches: Set<UInt32>
  /// Which events repeat what another one repeats already.
  package let doubles: Doubles
  /// Who had seen what by the forks proven and the heads held inside the cut; nil where that is what is so now.
  package let causality: Causality?
}

/// Turns selectors into cuts.
package struct CutResolver {
  private let database: Database
  private let state: StoreState

  package init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  package func resolve(_ selector: CutSelector) throws -> ResolvedCut {
    let clock = try clock(of: selector)
    if case .received = selector { return try resolve(asItStood: clock) }
    return try resolve(clock)
  }

  /// The cut of a clock, grown by its causes.
  package func resolve(_ clock: VectorClock) throws -> ResolvedCut {
    try resolve(grown(clock), isPartial: false)
  }

  /// The cut of a clock as it was when it was a ledger's: a cause that had not come yet is none in it.
  package func resolve(asItStood clock: VectorClock) throws -> ResolvedCut {
    let (cut, held) = (grown(clock), Cut(asItStood: clock.meeting(state.clock)))
    return try resolve(held, isPartial: held != cut)
  }

  /// Of a cause in a log that forked no more may be held than comes before the fork.
  private func grown(_ clock: VectorClock) -> Cut {
    Cut(growing: clock.meeting(state.clock), in: state.fold.causality)
      .meeting(Cut(asItStood: state.clock))
  }

  private func resolve(_ cut: Cut, isPartial: Bool) throws -> ResolvedCut {
    let seqs = state.logs.map { UInt32(clamping: cut.clock[$0.id]) }
    let position = prefixPosition(of: seqs)
    guard position != state.lastPosition else {
      return resolved(
        cut, seqs, counted: zip(seqs, state.logs).map { min($0, $1.limit) }, position,
        voidedBatches: state.fold.voidedBatches, doubles: state.fold.doubles, causality: nil)
    }
    let membership = try membership(state.contextEvents.filter { cut.clock.contains($0.address) })
    let counted = zip(seqs, state.logs).map {
      min($0, UInt32(clamping: membership.limit(of: $1.id)))
    }
    var causality: Causality?
    if isPartial || membership.forks != state.membership?.forks ?? [:] {
      causality = try CausalityReplay(
        forks: membership.forks, within: isPartial ? cut.clock : nil, in: state, database
      ).causality
    }
    return resolved(
      cut, seqs, counted: counted, position, voidedBatches: voided(counted),
      doubles: state.doubles(counted: counted, membership), causality: causality)
  }

  private func resolved(
    _ cut: Cut, _ seqs: [UInt32], counted: [UInt32], _ position: UInt32?,
    voidedBatches: Set<UInt32>, doubles: Doubles, causality: Causality?
  ) -> ResolvedCut {
    ResolvedCut(
      cut: cut, counted: counted,
      pending: zip(seqs, counted).reduce(UInt64(0)) { $0 + UInt64($1.0 - $1.1) },
      position: position, voidedBatches: voidedBatches, doubles: doubles, causality: causality)
  }

  /// The digest that names the cut: its heads, whatever counts in them.
  package func digest(of cut: Cut) throws -> Digest256 {
    Digest256(of: try heads(of: cut))
  }

  package func heads(of cut: Cut) throws -> [Head] {
    try cut.clock.entries.map { entry in
      guard let log = state.log(entry.log) else { throw StoreError.missingEntry(entry) }
      return Head(
        log: entry.log, size: entry.seq, root: try log.root(ofSize: entry.seq, database))
    }
  }

  private func clock(of selector: CutSelector) throws -> VectorClock {
    switch selector {
    case .now: return state.clock
    case .clock(let clock): return clock
    case .recorded(let instant): return try recordedClock(instant)
    case .received(let instant): return try clock(atPosition: receivedPosition(instant))
    case .known(let site, let instant): return try knownClock(site: site, instant)
    }
  }

  private func membership(
    _ context: [(address: Address, event: Scorebook_V1_Event)]
  ) throws -> Membership {
    guard let ledger = state.ledger, let genesis = state.genesisLog else {
      return Membership(ledger: Digest256(hashing: []), genesis: LogID(high: 0, low: 0), events: [])
    }
    return Membership(
      ledger: ledger, genesis: genesis, events: context, knowing: state.membership)
  }

  private func voided(_ counted: [UInt32]) -> Set<UInt32> {
    state.voidedBatches { log in state.numbers[log].map { UInt64(counted[Int($0)]) } ?? 0 }
  }

  private func prefixPosition(of seqs: [UInt32]) -> UInt32? {
    var last: UInt32 = 0
    for (number, seq) in seqs.enumerated() where seq > 0 {
      guard let position = state.arrivals.position(ofSeq: seq, log: UInt32(number)) else {
        return nil
      }
      last = max(last, position)
    }
    return state.arrivals.seqs(atPosition: last, logCount: seqs.count) == seqs ? last : nil
  }

  private func clock(atPosition position: UInt32) -> VectorClock {
    let seqs = state.arrivals.seqs(atPosition: position, logCount: state.logs.count)
    return VectorClock(
      zip(state.logs, seqs).map { Address(log: $0.id, seq: UInt64($1)) })
  }

  // MARK: - By time

  /// The last position received at or before the instant.
  private func receivedPosition(_ instant: Instant) throws -> UInt32 {
    guard
      let index = state.arrivals.runs.lastIndex(whereSorted: {
        $0.received <= instant.microseconds
      })
    else { return 0 }
    let run = state.arrivals.runs[index]
    guard run.isOwn else { return run.lastPosition }
    // An own run was received while it was recorded: its last event recorded in time is the answer.
    let limit = try recordedPrefix(
      ofLog: run.log, from: run.firstSeq, through: run.lastSeq, instant: instant.microseconds)
    return run.firstPosition + (limit - run.firstSeq)
  }

  private func recordedClock(_ instant: Instant) throws -> VectorClock {
    VectorClock(
      try state.logs.filter { $0.size > 0 }.map { log in
        let shift = ClockCorrections(
          state.contextEvents, log: log.id, limit: UInt64(log.limit))
        let seq =
          log.recordedMax <= instant.microseconds && shift.isEmpty
          ? UInt32(clamping: log.size)
          : try recordedPrefix(
            ofLog: log.number, from: 1, through: UInt32(clamping: log.size),
            instant: instant.microseconds, corrections: shift)
        return Address(log: log.id, seq: UInt64(seq))
      })
  }

  private func knownClock(site: String, _ instant: Instant) throws -> VectorClock {
    let recorded = try recordedClock(instant)
    let own = VectorClock(
      recorded.entries.filter { state.log($0.log)?.site == site })
    return state.fold.causality.closure(of: own)
  }

  /// The last seq of the longest stretch from `first` on in which nothing is recorded after the instant; `first` − 1
  /// when its first event already is.
  private func recordedPrefix(
    ofLog log: UInt32, from first: UInt32, through last: UInt32, instant: Int64,
    corrections: ClockCorrections = ClockCorrections()
  ) throws -> UInt32 {
    var reached = first - 1
    for positions in state.arrivals.positions(ofSeqs: first...last, log: log) {
      let stop = try RecordedScan(database, state).firstAfter(
        instant, positions: positions, log: log, corrections: corrections)
      guard let stop else {
        reached += UInt32(positions.count)
        continue
      }
      return reached + (stop - positions.lowerBound)
    }
    return reached
  }
}
