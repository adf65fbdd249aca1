/// A switch over what happened names every case: only so does a new kind break every place that must know of it.
enum SwitchRules {
  /// The pure modules, where a `default:` always has to say why.
  static let strictModules: Set<String> = ["LedgerCore", "LedgerSync"]

  /// What a switch is over, as the last word before its brace: the event's body, its kind, a row's kind.
  static let closedSubjects = ["body", "kind"]

  static func findings(in file: SourceFile) -> [String] {
    let code = CodeOnly.lines(of: file)
    return code.indices.compactMap { index in
      guard isDefault(code[index]), !hasReason(file.lines[index]) else { return nil }
      let isStrict = file.module.map(strictModules.contains) ?? false
      guard isStrict || isOverClosedSubject(index, in: code) else { return nil }
      return "\(file.path):\(index + 1): `default:` hides a new kind: name the cases, or say why"
    }
  }

  private static func isDefault(_ line: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix("default:")
  }

  /// A comment on the same line that is a sentence.
  private static func hasReason(_ line: String) -> Bool {
    guard let comment = line.ranges(of: "//").first else { return false }
    let words = line[comment.upperBound...].split(separator: " ")
    return words.count > 1 && line.hasSuffix(".")
  }

  /// The switch that a `default:` belongs to stands above it, as far in.
  private static func isOverClosedSubject(_ index: Int, in code: [String]) -> Bool {
    let indentation = code[index].prefix { $0 == " " }
    let opening = code[..<index].last { line in
      line.prefix { $0 == " " }.count <= indentation.count
        && line.split(separator: " ").contains("switch")
    }
    guard let subject = opening?.split(separator: " ").last(where: { $0 != "{" }) else {
      return false
    }
    return closedSubjects.contains { subject.lowercased().hasSuffix($0) }
  }
}
