/// Numbers that are looked at, not enforced.
enum SourceReport {
  /// One line a module, ascending by name.
  static func lines(of files: [SourceFile]) -> [String] {
    let modules = Dictionary(grouping: files) { $0.module ?? "Tests" }
    return modules.sorted { $0.key < $1.key }.map { module, files in
      let median = median(files.map(\.lineCount))
      let share = commentPercent(of: files)
      let note = median > 120 ? " (more than 120)" : ""
      return "\(module): \(files.count) files, median \(median) lines\(note), \(share) % comments"
    }
  }

  /// The upper one of two middles; 0 for none.
  static func median(_ counts: [Int]) -> Int {
    counts.isEmpty ? 0 : counts.sorted()[counts.count / 2]
  }

  /// Lines that are only a comment, per hundred lines that are not empty.
  static func commentPercent(of files: [SourceFile]) -> Int {
    let lines = files.flatMap(\.lines).map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    let comments = lines.count { $0.hasPrefix("//") }
    return lines.isEmpty ? 0 : comments * 100 / lines.count
  }
}
