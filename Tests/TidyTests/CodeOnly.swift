/// Swift source without what is not code: comments and the contents of string literals become nothing, so that a
/// rule about code does not stumble over a sentence. The lines keep their numbers.
enum CodeOnly {
  static func lines(of file: SourceFile) -> [String] {
    var isInText = false
    return file.lines.map { line in
      let pieces = line.split(separator: "\"\"\"", omittingEmptySubsequences: false)
      guard pieces.count > 1 else { return isInText ? "" : strip(line) }
      // What stands before the first delimiter belongs to what was open, and so on in turn.
      var code = ""
      for (index, piece) in pieces.enumerated() {
        if index > 0 { isInText.toggle() }
        if !isInText { code += strip(String(piece)) + "\"\"" }
      }
      return code
    }
  }

  /// One line, which does not lie in a text of several lines.
  private static func strip(_ line: String) -> String {
    var code = ""
    var isInString = false
    var previous: Character = " "
    for character in line {
      if isInString {
        if character == "\"", previous != "\\" {
          isInString = false
          code.append(character)
        }
      } else if character == "/", previous == "/" {
        return String(code.dropLast())
      } else {
        isInString = character == "\""
        code.append(character)
      }
      previous = character == "\\" && previous == "\\" ? " " : character
    }
    return code
  }
}
