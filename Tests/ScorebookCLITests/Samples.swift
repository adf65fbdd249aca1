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

  static func line(_ id: String, nps: Int) -> String {
    """
    {"specversion":"1.0","id":"\(id)","source":"shop","type":"survey-response-submitted",\
    "subject":"response/\(id)","time":"2026-01-02T09:00:00Z","data":{"answers":[\
    {"question":"q","value":\(nps),"metric":"ANSWER_METRIC_NPS","scaleMax":10}]}}
    """
  }
}
