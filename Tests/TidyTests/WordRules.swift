/// Words that code, comments, scripts and file names do not have.
enum WordRules {
  /// Forbidden outside comments and strings; each with what to do instead.
  static let inCode = [
    ("try!", "a forced `try`: throw, or handle the error"),
    ("as!", "a forced cast: use `as?` and say what happens otherwise"),
    ("nonisolated(unsafe)", "`nonisolated(unsafe)`: make it a constant or guard it"),
    ("fatalError(", "`fatalError`: a precondition with its reason"),
  ]

  static let unfinished = ["TODO", "FIXME", "XXX"]

  /// Folders that only one machine has.
  static let machineFolders = ["/work/", "/root/", "/home/"]

  static let vagueFileNames = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Manager"]

  /// These files quote the words that they forbid.
  static func isExempt(_ file: SourceFile) -> Bool {
    file.path.hasPrefix("Tests/TidyTests/") || file.isGenerated
  }

  static func findings(in file: SourceFile) -> [String] {
    textFindings(in: file) + nameFindings(in: file) + (file.isSwift ? codeFindings(in: file) : [])
  }

  private static func textFindings(in file: SourceFile) -> [String] {
    file.lines.enumerated().flatMap { index, line in
      let place = "\(file.path):\(index + 1)"
      let isUnfinished = unfinished.contains { line.hasWord($0) }
      let hasPath = machineFolders.contains { line.hasWord($0) }
      return (isUnfinished ? ["\(place): unfinished work does not merge"] : [])
        + (hasPath ? ["\(place): a path of one machine"] : [])
    }
  }

  private static func nameFindings(in file: SourceFile) -> [String] {
    let name = file.path.split(separator: "/").last?.prefix { $0 != "." && $0 != "+" } ?? ""
    let isVague = vagueFileNames.contains { name.hasSuffix($0) }
    return isVague ? ["\(file.path): a file is named after its idea"] : []
  }

  private static func codeFindings(in file: SourceFile) -> [String] {
    let lines = CodeOnly.lines(of: file)
    return lines.enumerated().flatMap { index, line in
      let place = "\(file.path):\(index + 1)"
      var words = inCode.filter { line.hasWord($0.0) }.map { "\(place): \($0.1)" }
      if unwraps(line) {
        words.append("\(place): a forced unwrapping: use `guard let` or `#require`")
      }
      return words + uncheckedFindings(line, at: index, in: file)
    }
  }

  /// A postfix `!`: a name, a call, an element or a type stands before it, and neither `=` nor a name after it. Forced
  /// `try` and casts are found as words.
  private static func unwraps(_ line: String) -> Bool {
    guard line.contains("!") else { return false }
    let code = Array(line.replacing("try!", with: "").replacing("as!", with: ""))
    return code.indices.contains { index in
      guard code[index] == "!", index > 0 else { return false }
      let next = index + 1 < code.count ? code[index + 1] : " "
      return (code[index - 1].isWordCharacter || ")]?`".contains(code[index - 1]))
        && !next.isWordCharacter && next != "="
    }
  }

  /// `@unchecked` is a proof that the compiler cannot make; the line above has to give it.
  private static func uncheckedFindings(
    _ line: String, at index: Int, in file: SourceFile
  ) -> [String] {
    guard line.contains("@unchecked") else { return [] }
    let above = index > 0 ? file.lines[index - 1].drop { $0 == " " } : ""
    return above.hasPrefix("//")
      ? [] : ["\(file.path):\(index + 1): `@unchecked` without its reason on the line above"]
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}

extension String {
  /// The word occurs, and is not the end or the beginning of a longer one.
  fileprivate func hasWord(_ word: String) -> Bool {
    ranges(of: word).contains { range in
      let before = self[..<range.lowerBound].last ?? " "
      let after = self[range.upperBound...].first ?? " "
      let isStart =
        word.first?.isWordCharacter == true ? !before.isWordCharacter : !Self.joins(before)
      let isEnd = word.last?.isWordCharacter == true ? !after.isWordCharacter : true
      return isStart && isEnd
    }
  }

  /// What makes a path out of the folder name after it: `a/home/b` is nobody's home.
  private static func joins(_ before: Character) -> Bool {
    before.isWordCharacter || ".-".contains(before)
  }
}
