import LedgerCore

/// `time`, `timequality` and `recordedtime` of a line.
enum CloudEventTime {
  /// Nil when the attribute is absent.
  static func instant(
    _ name: String, in object: JSONObject
  ) throws(CloudEventRefusal) -> Instant? {
    guard let text = try object.string(name) else { return nil }
    let path = object.path(to: name)
    guard let instant = RFC3339.instant(text) else {
      throw .unexpected(
        text, at: path, expected: "RFC 3339 with an offset, such as 2026-04-03T09:00:00+07:00")
    }
    guard Instant.accepted.contains(instant) else {
      throw .timeOutOfRange(path: path, got: text)
    }
    return instant
  }

  /// When the customer acted. A line that says nothing of it was recorded at the moment of the act: at the source if
  /// that states when, else here (nil).
  static func occurrence(
    in line: JSONObject, recorded: Instant?
  ) throws(CloudEventRefusal) -> Occurrence? {
    let quality = try line.string("timequality")
    // CloudEvents lets a producer that does not know the time put any other one in its place.
    if quality == "unknown" { return .unknown }
    let time = try instant("time", in: line)
    switch (quality, time) {
    case (nil, nil): return recorded.map { .exact($0) }
    case (nil, let time?), ("exact", let time?): return .exact(time)
    case ("day", let time?):
      // The day is the one that was written down, whatever its offset.
      let written = try line.string("time").flatMap { CivilDay(written: $0.prefix(10)) }
      return .day(written ?? CivilDay(utcMidnight: time.microseconds))
    case ("exact", nil), ("day", nil): throw .timeMissing(quality: quality ?? "")
    case (let other?, _):
      throw .unexpected(other, at: "timequality", expected: "\"exact\", \"day\" or \"unknown\"")
    }
  }
}
