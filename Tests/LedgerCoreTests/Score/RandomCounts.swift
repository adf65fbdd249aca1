import LedgerCore
import TestSupport

/// Counters such as a fold could leave: of any measure, sometimes of none.
struct RandomCounts {
  private(set) var counts = MeasureCounts()
  private(set) var vocabulary = Vocabulary()

  static func sound(using generator: inout SplitMix64) -> RandomCounts {
    var random = RandomCounts()
    random.addAnswers(using: &generator)
    random.addIndex(using: &generator)
    random.addTickets(using: &generator)
    random.addRates(using: &generator)
    return random
  }

  private mutating func addAnswers(using generator: inout SplitMix64) {
    for scale in [AnswerScale.nps, .csat, .ces] where Bool.random(using: &generator) {
      for value in scale.values {
        counts =
          counts + MeasureCounts(answersOn: scale, [value: .random(in: 0...9, using: &generator)])
      }
    }
  }

  private mutating func addIndex(using generator: inout SplitMix64) {
    var example = IndexExample()
    for question in 0..<Int.random(in: 0...3, using: &generator) {
      let values = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        Int32.random(in: 1...10, using: &generator)
      }
      example.answer("q\(question)", values, scale: 1...10, weightMilli: UInt32(question) + 1)
      example.respond(attributes: 2, sum: .random(in: 2...20, using: &generator))
    }
    counts = counts + example.counts
    vocabulary = example.vocabulary
  }

  private mutating func addTickets(using generator: inout SplitMix64) {
    let measures: [Measure] = [
      .ticketFirstResponse, .ticketFirstResolution, .ticketFullResolution,
    ]
    for measure in measures {
      let seconds = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        Int64.random(in: 0...100_000, using: &generator)
      }
      counts = counts + MeasureCounts(measure, seconds: seconds)
    }
    counts =
      counts + MeasureCounts(.ticketOpen, [0: .random(in: 0...5, using: &generator)])
      + MeasureCounts(.ticketUnanswered, [0: .random(in: 0...5, using: &generator)])
  }

  /// Parts of a whole, each at most as large as the one before.
  private mutating func addRates(using generator: inout SplitMix64) {
    let sent = Int64.random(in: 0...50, using: &generator)
    let delivered = Int64.random(in: 0...sent, using: &generator)
    let responded = Int64.random(in: 0...delivered, using: &generator)
    counts =
      counts + MeasureCounts(.invitations, [0: sent, 1: delivered, 2: responded])
      + MeasureCounts(.ticketSolved, [0: sent, 1: delivered, 2: delivered + responded])
      + MeasureCounts(.points, [0: sent, 1: delivered, 2: responded, 5: -responded, 6: delivered])
  }
}
