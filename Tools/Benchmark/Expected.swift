import Foundation

/// The right answers, as the harness computed them.
struct Expected: Decodable {
  /// The counters at one time: how many cells have answers, and the digest of them.
  struct Answer: Decodable {
    var time: Int64?
    var count: Int
    var digest: String

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      if list.count == 3 { time = try list.decode(Int64.self) }
      count = try list.decode(Int.self)
      digest = try list.decode(String.self)
    }
  }

  /// At all of the time, at half of it, then at random times.
  var asof: [Answer]
  var explain: [Answer]
  /// After the thousand events that come next.
  var after_more: Answer

  init(folder: URL) throws {
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    self = try JSONDecoder().decode(Expected.self, from: data)
  }
}

extension Expected.Answer {
  /// - Throws: `BenchmarkError.wrongAnswer`.
  func check(_ rows: [[Int64]], _ what: String) throws {
    let got = AnswerDigest.text(of: rows)
    guard rows.count == count, got == digest else {
      throw BenchmarkError.wrongAnswer(
        what: what, got: "\(rows.count) rows, \(got)", expected: "\(count) rows, \(digest)")
    }
  }
}

/// The digest that the harness and every peer script compute.
enum AnswerDigest {
  static func text(of rows: [[Int64]]) -> String {
    var hash: UInt64 = 0
    for row in rows {
      for value in row { hash = hash &* 1_000_003 &+ UInt64(bitPattern: value) }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
