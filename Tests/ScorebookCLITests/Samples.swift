import Foundation
import TestSupport

/// Files that several tests use.
enum Samples {
  static let mapping = """
    source: shop
    rows: survey
    id: id
    occurred: {column: day, format: "yyyy-MM-dd", zone: UTC, precision: day}
    text: [{column: comment, as: comment}]
    survey:
      id: shop
      questions:
        - {id: recommend, column: q, metric: nps, scale: [0, 10]}
    """

  static let rows = """
    id,day,q,shop,comment
    1,2026-01-02,9,A,good
    2,2026-01-03,11,A,
    3,2026-02-01,10,B,
    """

  static func line(_ id: String, nps: Int, comment: String? = nil) -> String {
    let text = comment.map { ",\"comment\":\"\($0)\"" } ?? ""
    return """
      {"specversion":"1.0","id":"\(id)","source":"shop","type":"survey-response-submitted",\
      "subject":"response/\(id)","time":"2026-01-02T09:00:00Z","data":{"answers":[\
      {"question":"q","value":\(nps),"metric":"ANSWER_METRIC_NPS","scaleMax":10}]\(text)}}
      """
  }

  /// So many answers with a long text each that hardly shrinks: much to carry, little to count.
  static func longLines(_ count: Int) -> String {
    var random = SplitMix64(seed: 7)
    let lines = (1...count).map { row in
      let numbers: [UInt64] = (0..<5_500).map { _ in random.next() }
      let text = numbers.withUnsafeBytes { Data($0) }.base64EncodedString()
      return line("\(row)", nps: 9, comment: text)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
