import Dispatch
import Foundation
import Synchronization

/// Many at the same moment, each on a thread of its own.
enum Crowd {
  private final class Results: Sendable {
    let seconds = Mutex(Measurement())
    let failures = Mutex<[String]>([])
  }

  /// Runs `body` for each number below `count`, all at once.
  ///
  /// - Throws: `BenchmarkError.notRecorded` with the first failure: nobody may be turned away for good.
  static func run(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Void
  ) throws -> Measurement {
    let results = Results()
    let group = DispatchGroup()
    for number in 0..<count {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        var own = Measurement()
        do {
          try own.time { try body(number) }
          results.seconds.withLock { $0.add(own) }
        } catch {
          results.failures.withLock { $0.append("\(number): \(error)") }
        }
      }
    }
    group.wait()
    if let failure = results.failures.withLock({ $0.first }) {
      throw BenchmarkError.notRecorded(failure)
    }
    return results.seconds.withLock { $0 }
  }
}
