/// The functions, initialisers, subscripts and computed properties of a file, measured by indentation.
///
/// That is exact here because the formatter decides where a closing brace stands: on a line of its own, as far in as
/// the declaration's first line.
enum FunctionLengths {
  struct Function {
    /// The first line, without its indentation.
    let declaration: String
    /// 1-based.
    let line: Int
    /// From the declaration to its closing brace.
    let lineCount: Int
  }

  static func functions(in file: SourceFile) -> [Function] {
    let lines = CodeOnly.lines(of: file)
    return lines.indices.compactMap { start in
      guard isDeclaration(lines[start]), let end = end(of: start, in: lines) else { return nil }
      let declaration = String(lines[start].drop { $0 == " " })
      return Function(declaration: declaration, line: start + 1, lineCount: end - start + 1)
    }
  }

  private static func isDeclaration(_ line: String) -> Bool {
    guard ["func ", "init", "subscript", "var "].contains(where: line.contains) else {
      return false
    }
    let expression =
      #/
      ^\s*
      (?:@\w+(?:\(.*?\))?\s+)*
      (?:(?:public|package|internal|private|fileprivate|static|class|final|mutating|nonmutating
        |override|required|convenience|isolated|nonisolated|borrowing|consuming)\s+)*
      (?:func\s|init[?\(<]|subscript[\(<]|var\s.*\{$)
      /#
    return line.firstMatch(of: expression) != nil
  }

  /// Nil where there is no body, or all of it stands on the declaration's line.
  private static func end(of start: Int, in lines: [String]) -> Int? {
    let indentation = lines[start].prefix { $0 == " " }.count
    for index in lines.indices[start...] {
      let line = lines[index]
      let isAtDeclaration = !line.isEmpty && line.prefix { $0 == " " }.count <= indentation
      if index > start, isAtDeclaration {
        if line.drop(while: { $0 == " " }).hasPrefix("}") { return index }
        // The rest of a declaration of several lines: `) throws -> Bool {`, `where …`, `{`.
        guard let first = line.first(where: { $0 != " " }), ")w{".contains(first) else {
          return nil
        }
      }
    }
    return nil
  }
}
