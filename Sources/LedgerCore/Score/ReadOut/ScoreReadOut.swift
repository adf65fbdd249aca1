/// Counters to a score. A pure function of integers: the same counters give the same score to the
/// last bit, whatever the order in which the events behind them arrived.
package enum ScoreReadOut {
  /// Reads the score of one group.
  ///
  /// No counters, no value: over nothing a score is empty, never 0. Sources of the intervals: see
  /// ``NetCounts``, ``ProportionCounts``, ``IntegerHistogram``.
  ///
  /// - Parameters:
  ///   - definition: what to read.
  ///   - counts: the counters of the group in its window; for a definition that
  ///     ``MetricDefinition/isRunningTotal`` those of all days up to its end.
  ///   - vocabulary: names the attributes that an index counts by number.
  ///   - confidence: of the interval.
  /// - Returns: a score with a note instead of a value where the counters cannot be right.
  package static func score(
    _ definition: MetricDefinition, of counts: MeasureCounts, vocabulary: Vocabulary,
    confidence: Confidence = .percent95
  ) -> Score {
    guard areSound(counts, of: definition.measures) else {
      return Score(definition, Reading(without: .countersContradict))
    }
    return Score(definition, reading(definition.readOut, of: counts, vocabulary, confidence))
  }

  private static func reading(
    _ readOut: ReadOut, of counts: MeasureCounts, _ vocabulary: Vocabulary,
    _ confidence: Confidence
  ) -> Reading {
    switch readOut {
    case .net(let buckets): net(buckets, counts, confidence)
    case .effortNet(let buckets, let sign): effortNet(buckets, sign, counts, confidence)
    case .mean(let scale): mean(scale, counts, confidence)
    case .topBox(let box): topBox(box, counts, confidence)
    case .index(let mean, let weights): index(mean, weights, counts, vocabulary, confidence)
    case .responseRate: responseRate(counts, confidence)
    case .duration(let span, let statistic): duration(span, statistic, counts, confidence)
    case .reopenRate: reopenRate(counts, confidence)
    case .backlog: backlog(counts)
    case .points(let sum): points(sum, counts)
    case .redemptionRate: redemptionRate(counts)
    }
  }

  /// Only what moves both ways may fall below zero.
  private static func areSound(_ counts: MeasureCounts, of measures: [Measure]) -> Bool {
    measures.allSatisfy { measure in
      measure.isSigned || counts[measure].allSatisfy { $0.count > 0 }
    }
  }
}

extension Measure {
  fileprivate var isSigned: Bool {
    switch self {
    case .ticketOpen, .points: true
    case .nps, .csat, .ces, .csi, .csiRespondent, .responses, .invitations, .ticketFirstResponse,
      .ticketFirstResolution, .ticketFullResolution, .ticketSolved, .ticketUnanswered, .conflicts:
      false
    }
  }
}
