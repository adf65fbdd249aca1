extension ScoreReadOut {
  static func net(
    _ buckets: NetBuckets, _ counts: MeasureCounts, _ confidence: Confidence
  ) -> Reading {
    let answers = ScaleAnswers(counts, on: buckets.scale)
    let classes = answers.classes(buckets)
    var reading = Reading(
      classes.score, classes.adjustedWald(confidence), n: classes.count,
      counts: [
        "promoters": classes.promoters, "passives": classes.passives,
        "detractors": classes.detractors,
      ])
    reading.notes = answers.notes
    return reading
  }

  static func effortNet(
    _ buckets: NetBuckets, _ sign: EffortSign, _ counts: MeasureCounts, _ confidence: Confidence
  ) -> Reading {
    let answers = ScaleAnswers(counts, on: buckets.scale)
    let ease = answers.classes(buckets)
    let classes =
      switch sign {
      case .easeLessDifficulty: ease
      case .difficultyLessEase: ease.reversed
      }
    var reading = Reading(
      classes.score, classes.adjustedWald(confidence), n: classes.count,
      counts: [
        "easy": ease.promoters, "neutral": ease.passives, "difficult": ease.detractors,
      ])
    reading.notes = answers.notes
    return reading
  }

  static func mean(
    _ scale: AnswerScale, _ counts: MeasureCounts, _ confidence: Confidence
  ) -> Reading {
    let answers = ScaleAnswers(counts, on: scale)
    let histogram = answers.histogram
    var reading = Reading(
      histogram.mean, histogram.meanInterval(confidence), n: histogram.count,
      counts: ["sum": Int64(clamping: histogram.sum), "n": histogram.count])
    reading.notes = answers.notes
    return reading
  }

  static func topBox(
    _ box: TopBox, _ counts: MeasureCounts, _ confidence: Confidence
  ) -> Reading {
    let answers = ScaleAnswers(counts, on: box.scale)
    let share = ProportionCounts(
      successes: answers.count(in: Int64(box.threshold)...), of: answers.histogram.count)
    var reading = Reading(
      share.percent, share.wilson(confidence), n: share.count,
      counts: ["top": share.successes, "n": share.count])
    reading.notes = answers.notes
    return reading
  }
}
