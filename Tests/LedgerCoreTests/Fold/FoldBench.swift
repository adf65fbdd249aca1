import LedgerCore
import LedgerSchema
import TestSupport

/// The history of one item, written event by event at up to three logs, and what it folds to.
struct FoldBench {
  private var context = FoldContext(
    logs: (1...3).map { LogID(high: $0, low: 0) })
  private var rows: [EventRow] = []
  private var payload: [UInt8] = []
  private var seqs: [UInt64] = [0, 0, 0]
  private var stamps = [Int64](repeating: Stamp.beforeAll, count: 3)

  /// Minutes after Friday, 2026-03-06, midnight UTC.
  static func minutes(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Int64 {
    Int64(day * 1_440 + hour * 60 + minute)
  }

  static func instant(_ minutes: Int64) -> Instant {
    Instant(milliseconds: 1_772_755_200_000 + minutes * 60_000)
  }

  /// `occurred`: nil: at the recording.
  mutating func add(
    _ body: Bodies.Body, at log: Int = 0, recorded: Int64, occurred: Int64? = nil,
    flags: [String] = []
  ) {
    var event = Scorebook_V1_Event()
    event.recordedUs = Self.instant(recorded).microseconds
    event.occurredLagUs = (recorded - (occurred ?? recorded)) * 60_000_000
    event.flags = flags
    event.body = body
    seqs[log] += 1
    stamps[log] = Stamp.next(
      after: stamps[log], recorded: Instant(microseconds: event.recordedUs))
    let place = Projector.Place(
      address: Address(log: context.logs[log], seq: seqs[log]), logNumber: UInt32(log),
      stamp: stamps[log])
    rows.append(
      Projector(zone: context.zone).project(event, site: "site \(log)").row(
        at: place, vocabulary: &context.vocabulary, payload: &payload))
  }

  /// The log takes in everything that another one holds.
  mutating func observe(_ other: Int, by log: Int) {
    seqs[log] += 1
    stamps[log] = max(stamps[log], stamps[other]) + 1
    context.causality.observe(
      [Address(log: context.logs[other], seq: seqs[other])],
      at: Address(log: context.logs[log], seq: seqs[log]))
  }

  /// The counters, the rows put in reverse: their order must not matter.
  func counters() -> NamedCounters {
    var context = context
    var history = Array(rows.reversed()).filter(\.kind.isFolded)
    var sink = ContributionList()
    payload.withUnsafeBytes { bytes in
      SubjectFold.fold(&history, payload: bytes, context: &context, into: &sink)
    }
    var counters = NamedCounters()
    for contribution in sink.contributions {
      let site = context.vocabulary.labelSets[contribution.labels][Label.site] ?? ""
      counters.add(
        contribution.weight, to: contribution.keptKey(site: 0), site: site,
        vocabulary: context.vocabulary)
    }
    return counters
  }

  /// How many answers of a value to the recommendation question count.
  func answers(_ value: Int32) -> Int64 {
    let bucket = AnswerBucket(scaleMin: 0, scaleMax: 10, value: value).rawValue
    return counters().total(.nps, bucket: String(bucket))
  }
}
