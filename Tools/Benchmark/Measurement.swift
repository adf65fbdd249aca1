import Foundation

/// Durations of one kind of work.
struct Measurement {
  private(set) var seconds: [Double] = []

  mutating func time<T>(_ body: () throws -> T) rethrows -> T {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    let (whole, attoseconds) = (clock.now - start).components
    seconds.append(Double(whole) + Double(attoseconds) * 1e-18)
    return result
  }

  mutating func add(_ other: Measurement) {
    seconds += other.seconds
  }

  /// The value that a share of the measured ones does not exceed; 0 when there is none.
  func quantile(_ share: Double) -> Double {
    let sorted = seconds.sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  var median: Double { quantile(0.5) }
}

/// Prints results, one a line: name, tabulator, value.
enum Report {
  static func line(_ name: String, _ value: Double, digits: Int = 3) {
    print("\(name)\t\(String(format: "%.\(digits)f", value))")
    fflush(nil)
  }

  /// The greatest memory that this process has had resident, MiB; nothing where the system does not say.
  static func memory(_ name: String) {
    guard let peak = ProcessMemory.mebibytes("VmHWM", of: "self") else { return }
    line("\(name) memory MiB", peak, digits: 0)
  }
}

/// What the system says of a process's memory.
enum ProcessMemory {
  /// A field of `/proc/PROCESS/status` in MiB; nil where the system does not say.
  static func mebibytes(_ field: String, of process: String) -> Double? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("\(field):") }),
      let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Double($0) })
    else { return nil }
    return kibibytes / 1_024
  }
}
