/// What stops a benchmark.
enum BenchmarkError: Error, CustomStringConvertible {
  case usage
  case malformedLine(String)
  /// An answer that differs from the generator's: no time is worth anything beside it.
  case wrongAnswer(what: String, got: String, expected: String)
  case notRecorded(String)
  case missing(String)

  var description: String {
    switch self {
    case .usage:
      """
      usage: ScorebookBench WORK DATA_FOLDER LEDGER_FOLDER [--runs N]
      WORK is \(Work.allCases.map(\.rawValue).joined(separator: ", "))
      """
    case .malformedLine(let line): "not a line of the generator: \(line)"
    case .wrongAnswer(let what, let got, let expected):
      "WRONG \(what): got \(got), expected \(expected)"
    case .notRecorded(let outcome): "an event was not recorded: \(outcome)"
    case .missing(let what): "missing: \(what)"
    }
  }
}
