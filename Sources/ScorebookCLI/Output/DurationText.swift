/// A length of time for people.
enum DurationText {
  /// In its largest two units: `3 d 4 h`, `12 min`, `40 s`. `microseconds`: not negative.
  static func coarse(_ microseconds: Int64) -> String {
    let seconds = microseconds / 1_000_000
    return switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3_600: "\(seconds / 60) min"
    case ..<86_400: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
    default: "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h"
    }
  }

  /// Seconds with two decimals: `0.07`.
  static func precise(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
