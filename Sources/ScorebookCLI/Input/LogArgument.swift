import LedgerCore

/// A log on the command line.
enum LogArgument {
  /// - Throws: `ArgumentFault` for anything but 32 hexadecimal digits.
  static func log(_ text: String, option: String = "--log") throws -> LogID {
    guard let log = LogID(hexadecimal: text) else {
      throw ArgumentFault.badOption(option, got: text, expected: "32 hexadecimal digits")
    }
    return log
  }

  static func log(_ text: String?) throws -> LogID? {
    try text.map { try log($0) }
  }
}
