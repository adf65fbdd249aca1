/// What one standing adds to the counters.
package struct Contribution: Hashable, Sendable {
  package var measure: Measure
  /// The number of the label set that groups it.
  package var labels: UInt32
  /// The local day in the ledger's zone; `EventRow.unknownDay` belongs to the all-time window only.
  package var day: Int32
  /// Microseconds since 1970 UTC, or `EventRow.unknownTime`; for a day-precise claim midnight UTC of that day.
  package var occurred: Int64
  package var isDayOnly: Bool
  package var bucket: Int64
  package var weight: Int64

  package init(
    measure: Measure, labels: UInt32, moment: Moment, bucket: Int64 = 0, weight: Int64 = 1
  ) {
    self.measure = measure
    self.labels = labels
    self.day = moment.day
    self.occurred = moment.occurred
    self.isDayOnly = moment.isDayOnly
    self.bucket = bucket
    self.weight = weight
  }
}

/// When something counts: the instant, and the local day it falls on.
package struct Moment: Hashable, Sendable, BitwiseCopyable {
  package var occurred: Int64
  package var day: Int32
  package var isDayOnly: Bool

  package init(occurred: Int64, day: Int32, isDayOnly: Bool) {
    self.occurred = occurred
    self.day = day
    self.isDayOnly = isDayOnly
  }

  init(of row: EventRow) {
    self.init(occurred: row.occurred, day: row.day, isDayOnly: row.flags.contains(.dayOnly))
  }

  init(microseconds: Int64, zone: ZoneOffsets) {
    self.init(
      occurred: microseconds, day: zone.day(of: Instant(microseconds: microseconds)).number,
      isDayOnly: false)
  }

  /// A calendar day's midnight UTC stays that day in every zone.
  init(microseconds: Int64, isDayOnly: Bool, zone: ZoneOffsets) {
    if isDayOnly {
      self.init(
        occurred: microseconds, day: CivilDay(utcMidnight: microseconds).number, isDayOnly: true)
    } else {
      self.init(microseconds: microseconds, zone: zone)
    }
  }

  var isKnown: Bool { occurred != EventRow.unknownTime }
}

/// Takes contributions as a fold makes them; a generic parameter, so that the fold is compiled for each sink and
/// nothing is collected that is only added up.
package protocol ContributionSink {
  /// Called before the answers of a response that counts; false: they are not wanted.
  mutating func begin(_ respondent: @autoclosure () -> Respondent) -> Bool
  /// Whether the answers of a question are wanted, by the number of its slot.
  func wants(slot: UInt32) -> Bool
  mutating func add(_ contribution: Contribution)
}

extension ContributionSink {
  // Most sinks take every answer: then nothing of this is left in the compiled fold.
  @inline(__always)
  package mutating func begin(_ respondent: @autoclosure () -> Respondent) -> Bool { true }

  @inline(__always)
  package func wants(slot: UInt32) -> Bool { true }
}

/// Keeps contributions in the order in which they were made.
package struct ContributionList: ContributionSink {
  package var contributions: [Contribution] = []

  package init() {}

  package mutating func add(_ contribution: Contribution) {
    contributions.append(contribution)
  }
}

extension Contribution {
  /// The kept counter that the contribution belongs to.
  @inline(__always)
  package func keptKey(site: UInt32) -> CounterKey {
    CounterKey(measure: measure, group: site, period: day, bucket: bucket)
  }
}
