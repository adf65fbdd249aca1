import Foundation
import Testing

/// A JSON text as a program reads it.
struct JSONReading {
  private let value: Any?

  init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  private init(value: Any?) {
    self.value = value
  }

  subscript(name: String) -> JSONReading {
    JSONReading(value: (value as? [String: Any])?[name])
  }

  subscript(index: Int) -> JSONReading {
    let list = value as? [Any] ?? []
    return JSONReading(value: list.indices.contains(index) ? list[index] : nil)
  }

  var string: String? { value as? String }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var list: [JSONReading] { (value as? [Any] ?? []).map { JSONReading(value: $0) } }
  var isNull: Bool { value is NSNull }
  var keys: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
}

extension Workplace {
  /// The first row of a score, asked for as JSON.
  func score(_ arguments: String...) throws -> JSONReading {
    let ending = try run(["score"] + arguments + ["--format", "json"])
    #expect(ending.status == 0, "\(ending.errors)")
    return try JSONReading(ending.output)
  }

  /// Records one answer and returns the address that was printed.
  @discardableResult
  func recordAnswer(_ answer: String, _ more: String...) throws -> String {
    let ending = try run(["record", "survey-response-submitted", "--answer", answer] + more)
    #expect(ending.status == 0, "\(ending.errors)")
    return try #require(ending.lines.first)
  }
}
