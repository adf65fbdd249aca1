/// How a score is read out of integer counters, with all that has to be chosen. Closed: a new
/// formula must break every place that explains one.
public enum ReadOut: Sendable, Hashable {
  /// Share of the upper class less share of the lower one.
  case net(NetBuckets)
  /// The same over ease, under the sign stated.
  case effortNet(NetBuckets, EffortSign)
  /// The arithmetic mean of the answers on a scale.
  case mean(AnswerScale)
  /// The share of answers from a threshold upwards.
  case topBox(TopBox)
  /// One number out of several attributes; the weights are those of the weighted mean.
  case index(IndexMean, weights: IndexWeights = .stated)
  /// Invitations answered, of those delivered; both by the day of sending.
  case responseRate
  /// A statistic of how long tickets took.
  case duration(TicketDuration, DurationStatistic)
  /// Tickets that were reopened, of those solved; both by the day of the first solve.
  case reopenRate
  /// Tickets open at the end of the window.
  case backlog
  /// A sum of points that moved.
  case points(PointsSum)
  /// Points redeemed, of those issued; both by the day on which the lot was earned.
  case redemptionRate
}

/// Which way round a net effort score is told.
public enum EffortSign: String, Sendable, Hashable, CaseIterable {
  /// Easy less difficult: higher is better.
  case easeLessDifficulty
  /// Difficult less easy: its negation.
  case difficultyLessEase
}

/// Which mean an index is: they do not agree with each other in general, so each has its name.
public enum IndexMean: String, Sendable, Hashable, CaseIterable {
  /// The mean of the attribute means.
  case equal
  /// The mean of the attribute means under the definition's weights, or those that the answers state.
  case weighted
  /// The mean of the respondents' own means.
  case respondent
  /// All answers in one pot.
  case pooled
}

/// Which span of a ticket's life.
public enum TicketDuration: String, Sendable, Hashable, CaseIterable {
  /// From the opening to the first public reply of a human; by the day of opening.
  case firstResponse
  /// From the opening to the first solve; by the day of that solve.
  case firstResolution
  /// From the opening to the last solve; by the day of that solve.
  case fullResolution
}

/// Which number stands for many durations.
public enum DurationStatistic: String, Sendable, Hashable, CaseIterable {
  /// The middle one, or the mean of the two middle ones.
  case median
  /// The shortest that nine tenths do not exceed (nearest rank).
  case percentile90
  /// The arithmetic mean.
  case mean
}

/// Which points are summed.
public enum PointsSum: String, Sendable, Hashable, CaseIterable {
  /// Points handed out, whatever became of them.
  case issued
  /// Points spent, whatever was taken back.
  case redeemed
  /// Issued, less redeemed, expired and taken back, more given back, and adjusted: what customers
  /// may still spend.
  case outstanding
}
