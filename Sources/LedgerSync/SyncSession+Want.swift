package import LedgerCore
package import LedgerSchema

extension SyncSession.Plan {
  /// What to ask the peer for; nothing of the logs whose branches part.
  package func want(
    except parted: Set<LogID>, texts: [Scorebook_V1_TextAddress]
  ) -> Scorebook_V1_Want {
    Scorebook_V1_Want(want.filter { !parted.contains($0.log) }, texts: texts)
  }

  /// What a peer asks for.
  ///
  /// - Throws: `SyncRefusal` for a range that is none, or a log named twice.
  package init(sending want: Scorebook_V1_Want) throws(SyncRefusal) {
    self.init()
    guard want.ranges.count <= SyncLimits.logsMax else {
      throw .tooMany(what: "logs", got: want.ranges.count, limit: SyncLimits.logsMax)
    }
    var logs: Set<LogID> = []
    for range in want.ranges {
      guard let log = LogID(bytes: range.log), range.fromSeq >= 1, range.fromSeq <= range.toSeq,
        range.toSeq <= UInt64(UInt32.max)
      else { throw .malformed("a range without log, beginning or end") }
      guard logs.insert(log).inserted else { throw .malformed("a log asked for twice") }
      send.append((log, range.fromSeq...range.toSeq))
    }
  }

  /// What of it can be sent by who holds so much.
  package func limited(to held: VectorClock) -> SyncSession.Plan {
    var plan = SyncSession.Plan()
    plan.send = send.filter { $0.seqs.upperBound <= held[$0.log] }
    return plan
  }
}

extension Scorebook_V1_Want {
  package init(
    _ wanted: [(log: LogID, seqs: ClosedRange<UInt64>)], texts: [Scorebook_V1_TextAddress] = []
  ) {
    self.init()
    ranges = wanted.map { log, seqs in
      var range = Scorebook_V1_Range()
      range.log = ProtobufBytes.data(log.bytes)
      range.fromSeq = seqs.lowerBound
      range.toSeq = seqs.upperBound
      return range
    }
    missingTexts = texts
  }

  package var isNothing: Bool { ranges.isEmpty && missingTexts.isEmpty }

  /// What came need not be asked for again.
  package mutating func take(_ batch: Scorebook_V1_Batch) {
    for run in batch.runs {
      guard let index = ranges.firstIndex(where: { $0.log == run.log }) else { continue }
      let (next, overflows) = run.firstSeq.addingReportingOverflow(UInt64(run.entries.count))
      if overflows || next > ranges[index].toSeq {
        ranges.remove(at: index)
      } else {
        ranges[index].fromSeq = max(next, ranges[index].fromSeq)
      }
    }
    let came = Set(batch.texts.map(\.address))
    missingTexts.removeAll { came.contains($0) }
  }
}
