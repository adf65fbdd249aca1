import FeedbackLedger
import Foundation

/// The works that the benchmark can do, each in a process of its own so that its memory can be told.
enum Work: String, CaseIterable {
  case ingest
  case received
  case recorded
  case replay
  case explain
  case append
  case branches
  case merge
  case recordedAtHub = "recorded-at-hub"
  case bundle
  case hubTransfer = "hub-transfer"
  case hubSessions = "hub-sessions"
  case hubCrowd = "hub-crowd"
  case hubIdle = "hub-idle"
}

/// Measures one work on the generator's data, checks every answer against the harness's, and prints the figures.
/// `Tools/bench` runs all of them beside the peers.
@main
enum ScorebookBench {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    guard arguments.count >= 3, let work = Work(rawValue: arguments[0]) else {
      throw BenchmarkError.usage
    }
    var runs = 5
    if let index = arguments.firstIndex(of: "--runs") {
      guard index + 1 < arguments.count, let count = Int(arguments[index + 1]), count > 0 else {
        throw BenchmarkError.usage
      }
      runs = count
    }
    let place = Workplace(
      data: URL(filePath: arguments[1]), ledgers: URL(filePath: arguments[2]), runs: runs)
    try FileManager.default.createDirectory(
      at: place.ledgers, withIntermediateDirectories: true)
    switch work {
    case .ingest: try SharedLog(place: place).ingest()
    case .received: try SharedLog(place: place).asOf("W2 received") { .received($0) }
    case .recorded: try SharedLog(place: place).asOf("W2 recorded") { .recorded($0) }
    case .replay: try SharedLog(place: place).replay()
    case .explain: try SharedLog(place: place).explain()
    case .append: try SharedLog(place: place).append()
    case .branches: try Branches(place: place).record()
    case .merge: try Branches(place: place).merge()
    case .bundle: try Branches(place: place).bundle()
    case .hubTransfer: try HubLoad(branches: Branches(place: place)).transfer()
    case .hubSessions: try HubLoad(branches: Branches(place: place)).sessions()
    case .hubCrowd: try HubLoad(branches: Branches(place: place)).crowd()
    case .hubIdle: try HubLoad(branches: Branches(place: place)).idle()
    case .recordedAtHub: try Branches(place: place).recordedAtHub()
    }
  }
}
