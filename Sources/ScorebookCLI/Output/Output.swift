import Foundation

/// Results on standard output, everything else on standard error.
enum Output {
  /// One or more lines of the result.
  ///
  /// - Throws: when standard output cannot take them, such as a file on a full disk.
  static func print(_ text: String) throws {
    try write(Data((text + "\n").utf8))
  }

  /// - Throws: `CommandFailure.cannotPrint`.
  static func write(_ data: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      throw CommandFailure.cannotPrint
    }
  }

  /// One sentence about the result; lost when nobody listens.
  static func note(_ sentence: String) {
    try? FileHandle.standardError.write(contentsOf: Data("scorebook: \(sentence)\n".utf8))
  }
}

/// One line on standard error that is written over again and again; silent unless that is a terminal.
struct ProgressLine {
  private let isShown = isatty(STDERR_FILENO) == 1
  private var shown = ContinuousClock.now
  private var isDirty = false

  /// At most ten times a second, so that showing progress does not slow it.
  mutating func show(_ text: @autoclosure () -> String) {
    guard ContinuousClock.now - shown > .milliseconds(100) else { return }
    showNow(text())
  }

  /// The first one: what it tells of may take long before there is a second.
  mutating func showNow(_ text: String) {
    guard isShown else { return }
    shown = .now
    isDirty = true
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  /// Clears the line, before anything else is said.
  mutating func clear() {
    guard isDirty else { return }
    isDirty = false
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}
