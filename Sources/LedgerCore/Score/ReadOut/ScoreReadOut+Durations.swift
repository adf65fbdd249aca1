extension ScoreReadOut {
  static func duration(
    _ duration: TicketDuration, _ statistic: DurationStatistic, _ counts: MeasureCounts,
    _ confidence: Confidence
  ) -> Reading {
    let seconds = IntegerHistogram(
      counts[duration.measure].lazy.map { ($0.bucket, $0.count) })
    let minutes = DurationMinutes(seconds)
    var reading: Reading
    switch statistic {
    case .median:
      reading = Reading(
        minutes.median, minutes.medianInterval(confidence), n: seconds.count, counts: [:])
    case .percentile90:
      reading = Reading(minutes.percentile90, n: seconds.count, counts: [:])
    case .mean:
      reading = Reading(
        minutes.mean, minutes.meanInterval(confidence), n: seconds.count, counts: [:])
    }
    reading.counts = durationCounts(duration, n: seconds.count, counts)
    reading.figures = minutes.figures
    return reading
  }

  /// A ticket without a reply has no duration yet: it is listed beside the score, because leaving
  /// it out without a word would reward not answering.
  private static func durationCounts(
    _ duration: TicketDuration, n: Int64, _ counts: MeasureCounts
  ) -> [Score.Count] {
    let tickets = [Score.Count(name: "n", value: n)]
    switch duration {
    case .firstResponse:
      return tickets
        + [Score.Count(name: "unanswered", value: counts.total(of: .ticketUnanswered))]
    case .firstResolution, .fullResolution:
      return tickets
    }
  }
}

/// Statistics in minutes over durations in whole seconds. Each is one division of exact numbers, so
/// that display rounding sees exact ties.
struct DurationMinutes {
  private let seconds: IntegerHistogram

  init(_ seconds: IntegerHistogram) {
    self.seconds = seconds
  }

  var median: Double? { seconds.median.map { $0 / 60 } }

  var percentile90: Double? { seconds.percentile(90).map { Double($0) / 60 } }

  var mean: Double? {
    seconds.count == 0 ? nil : Double(seconds.sum) / Double(60 * Int128(seconds.count))
  }

  func medianInterval(_ confidence: Confidence) -> ValueInterval? {
    guard let median, let interval = seconds.medianInterval(confidence) else { return nil }
    return ValueInterval(value: median, low: interval.low / 60, high: interval.high / 60)
  }

  /// Cut at 0: nothing takes less than no time.
  func meanInterval(_ confidence: Confidence) -> ValueInterval? {
    guard let mean, let interval = seconds.meanInterval(confidence) else { return nil }
    return ValueInterval(
      value: mean, low: interval.low / 60, high: interval.high / 60,
      within: 0...Double.greatestFiniteMagnitude)
  }

  var figures: [Score.Figure] {
    [("median", median), ("p90", percentile90), ("mean", mean)].compactMap { name, value in
      value.map { Score.Figure(name: name, value: $0) }
    }
  }
}
